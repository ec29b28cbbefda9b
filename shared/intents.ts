import { z } from 'zod';
import {
  AccessExport,
  ChangesRequest,
  ListRequest,
  OwnDomains,
  PersonRequest,
  ReportRequest,
  type AccessChanges,
  type AccessOverview,
  type AccessPerson,
  type AccessRows,
  type ReportSaved,
} from './access-list.ts';
import type { DiagnosticFile } from './diagnostics.ts';
import { ERASE_WORDS, type EraseList, type EraseReport } from './erasing.ts';
import type { Failure, Result } from './errors.ts';
import { ChosenSettings } from './settings-schema.ts';
import { PAUSES } from './settings.ts';
import { HistoryPlace, HistoryQuery, type HistoryPage } from './history.ts';
import { requestMoves } from './request-moves.ts';
import { rotationMoves } from './rotation-schema.ts';
import type { Snapshot } from './snapshot.ts';
import type { Ways } from './ways.ts';

/**
 * The whole contract between the window and the main process: each intent with
 * the schema its argument is parsed with and the type of its answer. Secrets go
 * in (a pasted credential) and never come out.
 */

/** Longest text the window may send: a credential is under 1 kB, a paste may be clumsy. */
const Pasted = z.string().max(20_000);

const SignInId = z.string().max(100);
const OrganisationId = z.string().max(100);

/** The admin's own app at Xero, as pasted. */
export const PastedXeroApp = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('desktop'), clientId: Pasted }),
  z.object({ kind: z.literal('web'), clientId: Pasted, secret: Pasted }),
  z.object({ kind: z.literal('custom'), clientId: Pasted, secret: Pasted }),
]);
export type PastedXeroApp = z.infer<typeof PastedXeroApp>;

/** Things the main process can put on the clipboard; it builds the text itself. */
export const Copyable = z.enum([
  'signInAddress',
  'redirectUris',
  'redirectUri1',
  'redirectUri2',
  'redirectUri3',
  'scopes',
  'customScope',
  'xeroClientId',
  'c1Steps',
  'sampleClientId',
  'sampleC1Page',
  'failureDetails',
]);
/** Places the main process can open in the system browser; it builds the address itself. */
export const Page = z.enum(['xeroApps', 'c1Tenant', 'signIn']);

export const HistoryFormat = z.enum(['csv', 'jsonLines']);
export type HistoryFormat = z.infer<typeof HistoryFormat>;

export const intentArguments = {
  /** Says what was understood of a pasted app, without asking Xero. */
  checkXeroApp: PastedXeroApp,
  startSignIn: PastedXeroApp,
  connectAnother: z.object({ signInId: SignInId }),
  cancelSignIn: z.undefined(),
  /** A new secret for a web app or a custom connection; the old one is kept until Xero took the new. */
  changeXeroSecret: z.object({ signInId: SignInId, secret: Pasted }),
  /** Signs in with another app at Xero; the sign-in is kept until that app reaches all that it reaches. */
  changeXeroApp: z.object({ signInId: SignInId, app: PastedXeroApp }),
  /** `everywhere` takes the person's consent back, for other computers that use the same Xero app too. */
  signOut: z.object({ signInId: SignInId, where: z.enum(['here', 'everywhere']) }),
  /** Ends one connection at Xero; the others and the sign-in stay. */
  disconnectOrganisation: z.object({ id: OrganisationId }),
  chooseOrganisations: z.object({ ids: z.array(OrganisationId).max(1000) }),
  /** What C1 would see disappear if these organisations were governed no more. */
  previewLoss: z.object({ ids: z.array(OrganisationId).max(1000) }),
  /** Says what was understood of a pasted credential, whatever form it has, without asking C1. */
  previewCredential: z.object({ pasted: Pasted }),
  connectC1: z.object({ pasted: Pasted, hostConfirmed: z.boolean() }),
  /** Empties the clipboard, when it still holds a credential. */
  clearClipboard: z.undefined(),
  /** Changes the C1 credential in steps, the old one in use until the new one has been proved. */
  rotate: rotationMoves(Pasted),
  removeCredential: z.undefined(),
  checkXeroNow: z.undefined(),
  retryC1: z.undefined(),
  /** The main process shows the dialog and reads the file: the window learns its path and what it says of itself. */
  chooseCaFile: z.undefined(),
  forgetCaFile: z.undefined(),
  changeSettings: ChosenSettings.exactPartial(),
  /** Something about one of C1's requests. */
  request: requestMoves,
  /** No looks by itself and no new tasks from C1, for so long; one that lasts is replaced. */
  pause: z.object({ length: z.enum(PAUSES) }),
  resume: z.undefined(),
  /** What support would get, line by line. */
  previewDiagnostics: z.undefined(),
  /** Saves what was previewed, as a zip where the admin says. */
  saveDiagnostics: z.undefined(),
  previewErasure: z.undefined(),
  eraseEverything: z.object({ confirmed: z.literal(ERASE_WORDS) }),
  /** After everything was erased: begins at first run. */
  startAnew: z.undefined(),
  /** Which ways lead to Xero and to C1. */
  readWays: z.undefined(),
  /** The newest entries that fit, older than `before` where it is given. */
  readHistory: HistoryQuery.extend({ before: HistoryPlace.nullable() }),
  /** The main process shows the dialog and writes the file. */
  exportHistory: HistoryQuery.extend({ format: HistoryFormat }),
  goToStep: z.object({ step: z.enum(['xero', 'organisations', 'c1', 'done']) }),
  /** `code` says which failure's details are meant; without it, all that is wrong now. */
  copy: z.object({ what: Copyable, code: z.string().max(60).optional() }),
  /** Opens another app beside this one, with made-up data. */
  openSample: z.undefined(),
  openPage: z.object({ page: Page }),
  accessOverview: z.undefined(),
  listAccess: ListRequest,
  showPerson: PersonRequest,
  listChanges: ChangesRequest,
  exportAccess: AccessExport,
  /** The evidence report of a look, as a PDF with its data beside it, where the admin says. */
  saveReport: ReportRequest,
  /** Opens the folder of what the Access page saved last; the main process alone knows where that is. */
  showSaved: z.undefined(),
  chooseOwnDomains: OwnDomains,
  /** Opens the page in Xero where an admin changes who is in this organisation. */
  openUserManagement: z.object({ organisation: z.string().max(200) }),
} as const;

export type IntentName = keyof typeof intentArguments;
export type IntentArgument<N extends IntentName> = z.infer<(typeof intentArguments)[N]>;

/** What was made of one of the two parts of a pasted credential. */
export type PastedPart =
  | { readonly kind: 'missing' }
  /** For a secret, the end of its public half: never any of the key. */
  | { readonly kind: 'understood'; readonly shown: string }
  | { readonly kind: 'wrong'; readonly because: Failure };

/** What the window may know of a pasted credential before it is used. */
export interface CredentialPreview {
  readonly clientId: PastedPart;
  readonly secret: PastedPart;
  /** Who would receive the data; null before the Client ID says so. */
  readonly destination: Destination | null;
}

export interface Destination {
  readonly host: string;
  /** Outside `*.conductor.one`: the admin confirms who would receive the data. */
  readonly unusual: boolean;
}

/** What the window may know of a pasted Xero app. */
export interface XeroAppPreview {
  readonly clientId: string;
  /** The length and the last characters of the secret; null for a desktop app. */
  readonly maskedSecret: string | null;
}

/** What C1 would see disappear with organisations, as of the newest look. */
export interface Loss {
  /** Names of those that C1 is shown now. */
  readonly organisations: readonly string[];
  /** Accounts that are in no other governed organisation. */
  readonly accounts: number;
  readonly roles: number;
  readonly grants: number;
  /** Whether the drop is so big that C1 may pause until somebody confirms it there (c1-protocol.md §7.5). */
  readonly mayPauseC1: boolean;
}

/** What became of an export; `notSaved` where the admin thought better of it. */
export type HistoryExported =
  { readonly kind: 'saved'; readonly entries: number } | { readonly kind: 'notSaved' };

export interface IntentAnswers {
  checkXeroApp: Result<XeroAppPreview>;
  startSignIn: Result<void>;
  connectAnother: Result<void>;
  cancelSignIn: Result<void>;
  changeXeroSecret: Result<void>;
  changeXeroApp: Result<void>;
  signOut: Result<void>;
  disconnectOrganisation: Result<void>;
  chooseOrganisations: Result<void>;
  previewLoss: Result<Loss>;
  previewCredential: Result<CredentialPreview>;
  connectC1: Result<void>;
  clearClipboard: Result<{ readonly cleared: boolean }>;
  rotate: Result<void>;
  removeCredential: Result<void>;
  checkXeroNow: Result<void>;
  retryC1: Result<void>;
  chooseCaFile: Result<void>;
  forgetCaFile: Result<void>;
  changeSettings: Result<void>;
  request: Result<void>;
  pause: Result<void>;
  resume: Result<void>;
  previewDiagnostics: Result<readonly DiagnosticFile[]>;
  /** False where the admin closed the dialog. */
  saveDiagnostics: Result<boolean>;
  previewErasure: Result<EraseList>;
  eraseEverything: Result<EraseReport>;
  startAnew: Result<void>;
  readWays: Result<Ways>;
  readHistory: Result<HistoryPage>;
  exportHistory: Result<HistoryExported>;
  goToStep: Result<void>;
  copy: Result<void>;
  openSample: Result<void>;
  openPage: Result<void>;
  /** Null before the first look of all governed organisations. */
  accessOverview: Result<AccessOverview | null>;
  listAccess: Result<AccessRows>;
  showPerson: Result<AccessPerson>;
  listChanges: Result<AccessChanges>;
  exportAccess: Result<'saved' | 'cancelled'>;
  saveReport: Result<ReportSaved>;
  showSaved: Result<void>;
  chooseOwnDomains: Result<void>;
  openUserManagement: Result<void>;
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
  /** Calls back each time that little is going on. */
  readonly onRest: (listener: () => void) => void;
}
