import type { XeroSignIn } from '../../shared/snapshot.ts';
import { STARTER_CONNECTIONS } from '../../shared/words.ts';
import { isSignedIn } from './sign-ins.ts';

/** How one more organisation can be connected. */
export type ConnectAnother =
  /** Nobody is signed in, or with custom connections alone, which hold one organisation each. */
  | { readonly kind: 'none' }
  | { readonly kind: 'straight'; readonly signIn: XeroSignIn }
  /** There's something to choose or to know before the browser opens. */
  | { readonly kind: 'ask'; readonly signIns: readonly XeroSignIn[] };

export function connectAnotherOf(xero: readonly XeroSignIn[]): ConnectAnother {
  const signIns = xero.filter((signIn) => isSignedIn(signIn) && signIn.app !== 'custom');
  const [only, ...others] = signIns;
  if (only === undefined) return { kind: 'none' };
  return others.length > 0 || isFull(xero, only)
    ? { kind: 'ask', signIns }
    : { kind: 'straight', signIn: only };
}

/** How many connections the app of a sign-in has, as far as this computer knows: practices count too. */
export function connectionsOf(xero: readonly XeroSignIn[], { clientId }: XeroSignIn): number {
  const same = xero.filter((signIn) => signIn.clientId === clientId);
  const organisations = same.flatMap((signIn) =>
    signIn.organisations.filter(({ state }) => state.kind !== 'missing').map(({ id }) => id),
  );
  const leftOut = same.reduce((sum, { leftOut = 0 }) => sum + leftOut, 0);
  return new Set(organisations).size + leftOut;
}

/** Whether Xero's free tier takes no further connection of this app. */
export function isFull(xero: readonly XeroSignIn[], signIn: XeroSignIn): boolean {
  return connectionsOf(xero, signIn) >= STARTER_CONNECTIONS;
}
