import { z } from 'zod';
import {
  CHANGE_KINDS,
  PERSON_WARNINGS,
  type ChangeKind,
  type PersonWarning,
} from './access-kinds.ts';

/**
 * What the Access page asks for and is answered: people, what they hold and what changed between
 * two kept looks. A look is named by when it was taken. Times are milliseconds since 1970.
 */

const Id = z.string().max(200);
const Search = z.string().max(200);
const LookId = z.int().nonnegative();
/** As many rows as two tall windows show. */
const Slice = z.object({ from: z.int().nonnegative(), count: z.int().min(1).max(200) });

export const AccessFilter = z.object({
  search: Search,
  who: z.discriminatedUnion('kind', [
    /** Everybody who can use an organisation. */
    z.object({ kind: z.literal('everyone') }),
    z.object({ kind: z.literal('role'), role: Id }),
    /** In an organisation, but Xero doesn't say as what. */
    z.object({ kind: z.literal('undisclosed') }),
    /** Still listed by Xero, without access. */
    z.object({ kind: z.literal('removed') }),
  ]),
  organisation: Id.nullable(),
  /** Further conditions, all of which hold. */
  only: z.array(z.enum(['subscribers', 'outside'])).max(2),
  warning: z.enum(['any', ...PERSON_WARNINGS]).nullable(),
});
export type AccessFilter = z.infer<typeof AccessFilter>;

export const AccessSort = z.object({
  by: z.enum(['name', 'email', 'changed']),
  direction: z.enum(['ascending', 'descending']),
});
export type AccessSort = z.infer<typeof AccessSort>;

/** What of a look is shown, and in which order. */
export const AccessView = z.object({ filter: AccessFilter, sort: AccessSort });
export type AccessView = z.infer<typeof AccessView>;

export const ListRequest = z.object({ look: LookId, view: AccessView, slice: Slice });
export type ListRequest = z.infer<typeof ListRequest>;

export const PersonRequest = z.object({ look: LookId, id: Id });
export type PersonRequest = z.infer<typeof PersonRequest>;

export const ChangesFilter = z.object({
  search: Search,
  kind: z.enum(CHANGE_KINDS).nullable(),
  organisation: Id.nullable(),
});
export type ChangesFilter = z.infer<typeof ChangesFilter>;

export const ChangesRequest = z.object({
  from: LookId,
  to: LookId,
  filter: ChangesFilter,
  slice: Slice,
});
export type ChangesRequest = z.infer<typeof ChangesRequest>;

/** The main process shows the dialog and writes the file; what it says of a person stays on this computer. */
export const AccessExport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), look: LookId, view: AccessView }),
  z.object({ kind: z.literal('changes'), from: LookId, to: LookId, filter: ChangesFilter }),
]);
export type AccessExport = z.infer<typeof AccessExport>;

export const ReportRequest = z.object({ look: LookId });
export type ReportRequest = z.infer<typeof ReportRequest>;

/** What became of an evidence report; the names of the document and of its data beside it. */
export type ReportSaved =
  | { readonly kind: 'saved'; readonly file: string; readonly dataFile: string }
  | { readonly kind: 'cancelled' };

export const OwnDomains = z.object({ domains: z.array(z.string().max(253)).max(100) });

/** A role as it is shown; `order` grows with privilege and is 0 where it isn't known. */
export interface RoleShown {
  readonly id: string;
  readonly name: string;
  readonly order: number;
}

export type PlaceStanding = 'holds' | 'undisclosed' | 'removed';

/** What somebody is in one organisation. */
export interface AccessPlace {
  /** Its place among `AccessOverview.organisations`. */
  readonly organisation: number;
  readonly standing: PlaceStanding;
  /** Most privileged first; none unless `holds`. */
  readonly roles: readonly RoleShown[];
  readonly subscriber: boolean;
}

export interface AccessRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly places: readonly AccessPlace[];
  readonly warnings: number;
}

export interface AccessRows {
  readonly total: number;
  readonly rows: readonly AccessRow[];
}

export interface OrganisationShown {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
  /** Those who can use it. */
  readonly people: number;
}

/** One kept look, in numbers; null where they were lost. */
export interface KeptLook {
  readonly at: number;
  readonly people: number | null;
  /** By role: the people who hold it in one organisation or more. */
  readonly roles: readonly RoleCount[] | null;
}

export interface RoleCount extends RoleShown {
  readonly people: number;
}

export interface DomainsShown {
  /** The company's own, in lower case. */
  readonly own: readonly string[];
  /** Whether the admin said so, or they were guessed from the organisations' people. */
  readonly source: 'chosen' | 'guessed';
  /** The most frequent ones, the company's own among them. */
  readonly found: readonly { readonly domain: string; readonly people: number }[];
}

/** The newest kept look at a glance: what there is to filter by, and the other looks. */
export interface AccessOverview {
  readonly look: number;
  /** When a look last found just this. */
  readonly confirmedAt: number;
  readonly people: number;
  readonly removed: number;
  readonly undisclosed: number;
  readonly subscribers: number;
  readonly outside: number;
  readonly organisations: readonly OrganisationShown[];
  /** Those that somebody holds, most privileged first. */
  readonly roles: readonly RoleCount[];
  readonly warnings: readonly { readonly code: PersonWarning; readonly people: number }[];
  readonly domains: DomainsShown;
  /** All kept looks, newest first. */
  readonly looks: readonly KeptLook[];
  /** Kept looks that can't be read any more, and are left out. */
  readonly unreadable: number;
  /** What was shown last, for as long as the app runs. */
  readonly view: AccessView;
}

/** Since when somebody is what they are: `from` a look on, or since `before` the first one that tells. */
export interface Since {
  readonly kind: 'from' | 'before';
  readonly at: number;
}

export interface PersonPlace {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly standing: PlaceStanding;
  readonly roles: readonly (RoleShown & { readonly since: Since })[];
  readonly subscriber: boolean;
  /** Of the standing, where there are no roles. */
  readonly since: Since;
}

export interface AccessPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** When Xero last changed them, if it said so. */
  readonly changedAt: number | null;
  readonly places: readonly PersonPlace[];
  readonly warnings: readonly PersonWarning[];
}

/** What changed for one person in one organisation; for `details` in none. */
export interface AccessChange {
  readonly person: { readonly id: string; readonly name: string; readonly email: string | null };
  readonly kind: ChangeKind;
  readonly organisation: { readonly id: string; readonly name: string } | null;
  /** Roles, or the names and addresses of `details`, or the subscriber's standing. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface AccessChanges {
  readonly total: number;
  readonly rows: readonly AccessChange[];
  /** Of all that changed, whatever the filter. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Organisations of both looks, to filter by. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  /** Governed in the later look alone, or in the earlier one alone: their people are no changes. */
  readonly added: readonly string[];
  readonly gone: readonly string[];
}
