import { z } from 'zod';
import type { Result } from './errors.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The whole contract between the window and the main process: each intent with
 * the schema its argument is parsed with and the type of its answer. Secrets go
 * in (a pasted credential) and never come out.
 */

/** Longest text the window may send: a credential is under 1 kB, a paste may be clumsy. */
const Pasted = z.string().max(20_000);

/** Things the main process can put on the clipboard; it builds the text itself. */
export const Copyable = z.enum([
  'signInAddress',
  'redirectUris',
  'redirectUri1',
  'redirectUri2',
  'redirectUri3',
  'scopes',
  'xeroClientId',
  'c1Steps',
  'failureDetails',
]);
/** Places the main process can open in the system browser; it builds the address itself. */
export const Page = z.enum(['xeroApps', 'c1Tenant', 'signIn']);

export const intentArguments = {
  startSignIn: z.object({ clientId: z.string().max(200) }),
  connectAnother: z.object({ signInId: z.string().max(100) }),
  cancelSignIn: z.undefined(),
  signOut: z.object({ signInId: z.string().max(100) }),
  chooseOrganisations: z.object({ ids: z.array(z.string().max(100)).max(1000) }),
  previewCredential: z.object({ clientId: Pasted, secret: Pasted }),
  connectC1: z.object({ clientId: Pasted, secret: Pasted, hostConfirmed: z.boolean() }),
  removeCredential: z.undefined(),
  checkXeroNow: z.undefined(),
  retryC1: z.undefined(),
  /** The main process shows the dialog and reads the file: the window learns its path and what it says of itself. */
  chooseCaFile: z.undefined(),
  forgetCaFile: z.undefined(),
  goToStep: z.object({ step: z.enum(['xero', 'organisations', 'c1', 'done']) }),
  /** `code` says which failure's details are meant; without it, all that is wrong now. */
  copy: z.object({ what: Copyable, code: z.string().max(60).optional() }),
  openPage: z.object({ page: Page }),
} as const;

export type IntentName = keyof typeof intentArguments;
export type IntentArgument<N extends IntentName> = z.infer<(typeof intentArguments)[N]>;

/** What the window may know of a pasted credential before it is used. */
export interface CredentialPreview {
  readonly clientId: string;
  readonly host: string;
  /** Outside `*.conductor.one`: the admin confirms who would receive the data. */
  readonly unusualHost: boolean;
  /** For example "secret-token:conductorone.com:v1:…4f2c" – the end of the public part, never of the key. */
  readonly maskedSecret: string;
}

export interface IntentAnswers {
  startSignIn: Result<void>;
  connectAnother: Result<void>;
  cancelSignIn: Result<void>;
  signOut: Result<void>;
  chooseOrganisations: Result<void>;
  previewCredential: Result<CredentialPreview>;
  connectC1: Result<void>;
  removeCredential: Result<void>;
  checkXeroNow: Result<void>;
  retryC1: Result<void>;
  chooseCaFile: Result<void>;
  forgetCaFile: Result<void>;
  goToStep: Result<void>;
  copy: Result<void>;
  openPage: Result<void>;
}

export type Intents = {
  readonly [N in IntentName]: IntentArgument<N> extends undefined
    ? () => Promise<IntentAnswers[N]>
    : (argument: IntentArgument<N>) => Promise<IntentAnswers[N]>;
};

/** What the preload puts on `window.connector`. */
export interface ConnectorBridge extends Intents {
  readonly snapshot: () => Promise<Snapshot>;
  /** Calls back on every change; the returned function stops it. */
  readonly onSnapshot: (listener: (snapshot: Snapshot) => void) => () => void;
}
