import type { RequestEvent } from './history.ts';
import type { ChangeKind, PersonWarning } from './access-kinds.ts';
import type { RoleCount, Since } from './access-list.ts';

/**
 * The evidence report: who has access to what, as one look found it, in a form that is handed to an
 * auditor. Times are milliseconds since 1970.
 */
export interface AccessReport extends ReportedLook {
  readonly madeAt: number;
  readonly madeBy: ReportMaker;
  /** When the look was taken, and when one last found just the same. */
  readonly takenAt: number;
  readonly confirmedAt: number;
  readonly since: ReportSince;
  readonly requests: ReportedRequests;
  /** The file beside the report, of which `data` tells. */
  readonly dataFile: string;
}

export interface ReportMaker {
  readonly product: string;
  readonly version: string;
  /** For example "Electron 45.4.1". */
  readonly runtime: string;
  /** Whose sign-ins to Xero it reads through; none for custom connections alone. */
  readonly signedInAs: readonly string[];
  /** Made-up data: evidence of nothing. */
  readonly sample: boolean;
}

/** What the report's changes are counted from. */
export type ReportSince =
  /** There is no other kept look. */
  | { readonly kind: 'nothing' }
  /** The look of the last report, made at `madeAt`, whose data had this SHA-256. */
  | {
      readonly kind: 'report';
      readonly look: number;
      readonly madeAt: number;
      readonly sha256: string;
    }
  /** The first kept look; `lost` tells of a last report whose look isn't kept any more. */
  | { readonly kind: 'first'; readonly look: number; readonly lost: number | null };

/** What C1 asked of people through this app, as the app's own history keeps it. */
export interface ReportedRequests {
  /** When the last report was made; null tells of all that the history keeps. */
  readonly since: number | null;
  /** The oldest first. */
  readonly rows: readonly ReportedRequest[];
}

/** Roles are Xero's words, null for no access. */
export interface ReportedRequest extends Pick<RequestEvent, 'person' | 'task'> {
  /** Null where it is about every governed one. */
  readonly organisation: string | null;
  readonly askedAt: number;
  readonly before: string | null;
  readonly asked: string | null;
  /** Null while it is open. */
  readonly end: (Pick<RequestEvent, 'what' | 'after' | 'because'> & { readonly at: number }) | null;
}

/** What the looks by themselves tell. */
export interface ReportedLook {
  /** In order of their ids. */
  readonly organisations: readonly ReportedOrganisation[];
  /** All that somebody holds, most privileged first. */
  readonly roles: readonly RoleCount[];
  readonly counts: ReportCounts;
  readonly warnings: readonly { readonly code: PersonWarning; readonly people: number }[];
  /** Null without an earlier look. */
  readonly changes: ReportedChanges | null;
  /** Everybody with access, by name; null where they would fill hundreds of pages: then they stand in the data alone. */
  readonly people: readonly ReportedPerson[] | null;
  /** The table of everybody as CSV, byte for byte as the Access page saves it unfiltered. */
  readonly data: ReportedData;
}

export interface ReportedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
  readonly people: number;
  /** People by role, in order of the report's roles. */
  readonly roles: readonly number[];
  /** Whose role Xero doesn't tell. */
  readonly undisclosed: number;
  readonly subscribers: readonly string[];
}

export interface ReportCounts {
  readonly people: number;
  /** In Xero's list without any access, and so not in `people`. */
  readonly removed: number;
}

export interface ReportedData {
  /** Of the file's bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Without the head. */
  readonly rows: number;
}

export interface ReportedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly holds: readonly HeldAccess[];
  readonly warnings: readonly PersonWarning[];
}

/** One row of the table: a role in an organisation, or what stands in its place. */
export interface HeldAccess {
  readonly organisation: string;
  readonly access: string;
  readonly subscriber: boolean;
  readonly since: Since;
}

export interface ReportedChanges {
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** By person, each in one sentence; the first of them where `total` is more than fit a document. */
  readonly rows: readonly ReportedChange[];
  readonly total: number;
  /** Governed in the later look alone, or in the earlier one alone: their people are no changes. */
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

export interface ReportedChange {
  readonly name: string;
  readonly email: string | null;
  readonly sentence: string;
}

/** What the page that lays the report out is given. */
export interface ReportBridge {
  readonly report: () => Promise<AccessReport>;
  /** All of it stands there, in its own letters: it may be printed. */
  readonly laidOut: () => void;
}
