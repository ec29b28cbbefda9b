import type { Failure } from '../../shared/errors.ts';
import type { Intents } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Organisation, SignInState, XeroAppKind, XeroSignIn } from '../../shared/snapshot.ts';

type Waiting = Extract<SignInState, { kind: 'waitingForBrowser' }>;

/** A sign-in that is being made, with what the waiting screen needs. */
export interface SignInUnderWay {
  readonly app: XeroAppKind;
  readonly clientId: string;
  /** Null once the browser has answered and the app finishes alone, as it does with a custom connection. */
  readonly waiting: Waiting | null;
}

/** The sign-in under way, if there is one; there is never more than one. */
export function signInUnderWay(xero: readonly XeroSignIn[]): SignInUnderWay | null {
  for (const { app, clientId, state } of xero) {
    if (state.kind === 'waitingForBrowser') return { app, clientId, waiting: state };
    if (state.kind === 'finishing') return { app, clientId, waiting: null };
  }
  return null;
}

/** The sign-in that a "Sign in to Xero" button means: the first that Xero ended, else that lacks one, else the first. */
export function signInToMend(xero: readonly XeroSignIn[]): XeroSignIn | undefined {
  return (
    xero.find(({ state }) => state.kind === 'needsSignIn') ??
    xero.find((signIn) => !isSignedIn(signIn)) ??
    xero[0]
  );
}

/** Why there's no sign-in to read with, or null. An attempt that failed beside a good sign-in is no trouble. */
export function signInFailure(xero: readonly XeroSignIn[]): Failure | null {
  for (const { state } of xero) if (state.kind === 'needsSignIn') return state.because;
  if (xero.some(isSignedIn)) return null;
  for (const { state } of xero) if (state.kind === 'signedOut') return state.because;
  return null;
}

/** Through Xero's page once more with a sign-in that is kept; the main process has what it takes. */
export function signInAgain(intents: Intents, { id, clientId, app, state }: XeroSignIn) {
  return state.kind === 'signedOut' && app === 'desktop'
    ? intents.startSignIn({ kind: 'desktop', clientId })
    : intents.connectAnother({ signInId: id });
}

/** True where signing in anew takes a secret that nothing has kept. */
export function needsPasting({ app, state }: XeroSignIn): boolean {
  return app !== 'desktop' && state.kind === 'signedOut';
}

/** The sign-in through which an organisation is reached: one that works, where there are several. */
export function signInOf(
  xero: readonly XeroSignIn[],
  organisationId: string,
): XeroSignIn | undefined {
  const reaching = xero.filter(({ organisations }) =>
    organisations.some(({ id }) => id === organisationId),
  );
  return reaching.find(isSignedIn) ?? reaching[0];
}

/** Organisations that no other sign-in reaches. */
export function organisationsOnlyOf(
  xero: readonly XeroSignIn[],
  signInId: string,
): readonly Organisation[] {
  const own = xero.find(({ id }) => id === signInId)?.organisations ?? [];
  const others = organisationsOf(xero.filter(({ id }) => id !== signInId));
  return own.filter(({ id }) => !others.some((other) => other.id === id));
}

/** How a sign-in is called: by whom, or by what it is where nobody stands behind it. */
export function nameOf({ app, who }: XeroSignIn): string {
  if (who !== null) return who.name;
  return app === 'custom' ? say('signIns.customConnection') : say('signIns.nameNotKnownYet');
}

/** What tells a sign-in from another: the e-mail, or the end of the client ID. */
export function markOf(signIn: XeroSignIn): string {
  return signIn.who?.email ?? say('signIns.clientID', { signIn: shortId(signIn) });
}

/** The end of the client ID, as far as a reader compares it. */
export function shortId({ clientId }: XeroSignIn): string {
  return `…${clientId.slice(-6)}`;
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
