import { z } from 'zod';
import { Condition } from './condition.ts';
import { Person } from './person.ts';
import { Verdict } from './verdict.ts';

/** What the inbox keeps between runs, sealed like all personal data (product.md §5). Times are milliseconds since 1970. */

const Time = z.number();
/** A role as it was met: its slug as ours, and Xero's word for it. */
const MetRole = z.object({ slug: z.string(), name: z.string(), order: z.number() });
export type MetRole = z.infer<typeof MetRole>;

/** What somebody was in an organisation when Xero was looked at. */
const Seen = z.object({
  listed: z.enum(['yes', 'no']),
  roles: z.array(MetRole),
  /** How they were found, where they were. */
  by: z.enum(['account', 'person', 'email']).nullable(),
  /** Whether nobody else there is an adviser. */
  lastAdviser: z.enum(['yes', 'no']),
  /** Whether somebody with an address like theirs is there who wasn't when C1 asked. */
  similar: z.enum(['yes', 'no']),
});
export type Seen = z.infer<typeof Seen>;

const Place = z.object({
  /** Xero's OrganisationID, and the id that it is connected under. */
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  shortCode: z.string().nullable(),
  before: Seen,
  now: Seen,
  /** UserIDs of people with an address like theirs when C1 asked. */
  similarBefore: z.array(z.string()),
});
export type Place = z.infer<typeof Place>;

/** A condition in one of a request's organisations. */
const Wanted = z.object({
  organisation: z.string(),
  condition: Condition,
  /** Xero's word for the role. */
  roleName: z.string().nullable(),
});
export type Wanted = z.infer<typeof Wanted>;

/** A task of C1's that is to be answered. */
const TaskRecord = z.object({
  id: z.string(),
  /** The host of the C1 that handed it out. */
  peer: z.string(),
  /** The whole message, in base64: it is taken up again after a restart. */
  message: z.base64(),
  askedAt: Time,
  until: Time,
  /** The request that it belongs to; null while Xero couldn't be looked at. */
  request: z.string().nullable(),
  wanted: z.array(Wanted),
  duration: z.number().nullable(),
  /** Null while it isn't known how it ends. */
  verdict: Verdict.nullable(),
});
export type TaskRecord = z.infer<typeof TaskRecord>;

const End = z.object({
  kind: z.enum([
    'done',
    'alreadySo',
    'invited',
    'declined',
    'outOfTime',
    'cancelled',
    'tooLate',
    'refused',
  ]),
  at: Time,
  words: z.string(),
});

const RequestRecord = z.object({
  id: z.string(),
  person: Person,
  /** Whether it is about every governed organisation. */
  everywhere: z.enum(['yes', 'no']),
  places: z.array(Place),
  askedAt: Time,
  tasks: z.number(),
  wanted: z.array(Wanted),
  duration: z.number().nullable(),
  until: Time,
  shownAt: Time.nullable(),
  /** When the admin last did something that may have changed Xero. */
  nudgedAt: Time.nullable(),
  invitedAt: Time.nullable(),
  confirmedAt: Time.nullable(),
  checkedAt: Time.nullable(),
  end: End.nullable(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** Somebody was given a role in place of another, which can be given back when it is revoked. */
const Rise = z.object({
  person: Person,
  organisation: z.string(),
  role: z.string(),
  replaced: MetRole,
  at: Time,
});
export type Rise = z.infer<typeof Rise>;

export const Book = z.object({
  version: z.literal(1),
  tasks: z.array(TaskRecord),
  requests: z.array(RequestRecord),
  rises: z.array(Rise),
});
export type Book = z.infer<typeof Book>;

export const EMPTY: Book = { version: 1, tasks: [], requests: [], rises: [] };
