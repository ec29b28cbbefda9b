import type { Result } from '../../shared/errors.ts';
import type { PastedXeroApp } from '../../shared/intents.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import type { NewApp, XeroApp } from '../sandbox/xero/apps.ts';
import { HARBOUR, KAURI, type Desk } from './core-desk.ts';

/** Apps of the kinds with a secret, which the admin registers beside the desk's own. */

type WithSecret = Exclude<PastedXeroApp, { kind: 'desktop' }>;

export interface RegisteredApp {
  readonly registered: XeroApp;
  /** What the admin copies from the portal. */
  readonly pasted: WithSecret;
}

/** Registers an app in the portal; a custom connection is authorised for Kauri unless told otherwise. */
export function registerApp(
  desk: Desk,
  kind: WithSecret['kind'],
  more: Partial<NewApp> = {},
): RegisteredApp {
  const { ports, sandbox } = desk;
  const redirectUris = ports.map((port) => `http://localhost:${port}/callback`);
  const kauri = sandbox.world.organisation(KAURI).id;
  const own = kind === 'web' ? { redirectUris } : { organisationId: kauri };
  const registered = sandbox.xero.register({ kind, name: `Desk ${kind}`, ...own, ...more });
  const { clientId, secret = '' } = registered;
  return { registered, pasted: { kind, clientId, secret } };
}

/** An outside accountant, with an account of their own at Xero. */
export const ACCOUNTANT = 'samuel@ledger-and-light.example';

/** Signs in with that app; where it needs a person, the accountant allows one organisation. */
export function signInWith(
  desk: Desk,
  { pasted }: RegisteredApp,
  organisation: string = HARBOUR,
): Promise<Result<void>> {
  desk.browser.plan = { email: ACCOUNTANT, organisation };
  return desk.intents.startSignIn(pasted);
}

/** The sign-in with an app of this kind, as the window shows it. */
export function signInOf(desk: Desk, kind: XeroSignIn['app']): XeroSignIn {
  const found = desk.snapshot.xero.find(({ app }) => app === kind);
  if (found === undefined) throw new Error(`no sign-in with an app of kind ${kind}`);
  return found;
}

/** The keychain's entries for Xero, by what they are. */
export function keptFor(desk: Desk): { readonly tokens: number; readonly secrets: number } {
  const keys = [...desk.keychain.entries.keys()].filter((key) => key.startsWith('xero/'));
  const secrets = keys.filter((key) => key.endsWith('/secret')).length;
  return { tokens: keys.length - secrets, secrets };
}
