import type { Failure } from '../../shared/errors.ts';
import type { Intents } from '../../shared/intents.ts';
import type { Organisation, SignInState, XeroSignIn } from '../../shared/snapshot.ts';

type Waiting = Extract<SignInState, { kind: 'waitingForBrowser' }>;

/** A sign-in that is on its way through the browser, with what the waiting screen needs. */
export interface SignInUnderWay {
  readonly clientId: string;
  /** Null once the browser has answered and the app finishes alone. */
  readonly waiting: Waiting | null;
}

/** The sign-in under way, if there is one; there is never more than one. */
export function signInUnderWay(xero: readonly XeroSignIn[]): SignInUnderWay | null {
  for (const { clientId, state } of xero) {
    if (state.kind === 'waitingForBrowser') return { clientId, waiting: state };
    if (state.kind === 'finishing') return { clientId, waiting: null };
  }
  return null;
}

/** The sign-in that a "Sign in to Xero" button means: the first that lacks one, else the first. */
export function signInToMend(xero: readonly XeroSignIn[]): XeroSignIn | undefined {
  return xero.find((signIn) => !isSignedIn(signIn)) ?? xero[0];
}

/** Why there's no sign-in to read with, or null. An attempt that failed beside a good sign-in is no trouble. */
export function signInFailure(xero: readonly XeroSignIn[]): Failure | null {
  for (const { state } of xero) if (state.kind === 'needsSignIn') return state.because;
  if (xero.some(isSignedIn)) return null;
  for (const { state } of xero) if (state.kind === 'signedOut') return state.because;
  return null;
}

/** Signs in anew with a sign-in that is there, or begins one. */
export function signInAgain(intents: Intents, { id, clientId, state }: XeroSignIn) {
  return state.kind === 'signedOut'
    ? intents.startSignIn({ kind: 'desktop', clientId })
    : intents.connectAnother({ signInId: id });
}

/** The sign-ins that are kept, whether Xero still honours them or not; not an attempt in the browser. */
export function keptSignIns(xero: readonly XeroSignIn[]): readonly XeroSignIn[] {
  return xero.filter(
    ({ who, state }) => who !== null || state.kind === 'signedIn' || state.kind === 'needsSignIn',
  );
}

/** How many connections of all sign-ins aren't organisations. */
export function leftOutOf(xero: readonly XeroSignIn[]): number {
  return xero.reduce((sum, { leftOut = 0 }) => sum + leftOut, 0);
}

export function isSignedIn(signIn: XeroSignIn): boolean {
  return signIn.state.kind === 'signedIn';
}

/** All organisations, each once, though two sign-ins may reach it. */
export function organisationsOf(xero: readonly XeroSignIn[]): readonly Organisation[] {
  const byId = new Map<string, Organisation>();
  for (const { organisations } of xero) {
    for (const organisation of organisations) {
      if (byId.get(organisation.id)?.state.kind !== 'read') byId.set(organisation.id, organisation);
    }
  }
  return [...byId.values()];
}
