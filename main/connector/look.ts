import { fail, succeed, type Failure, type FailureCode, type Result } from '../../shared/errors.ts';
import type { OrganisationAccess } from '../access/types.ts';
import { isUnnamed, type Connection } from '../xero/answers.ts';
import { noOrganisation } from '../xero/errors.ts';
import type { DayBudget } from '../xero/governor.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import { heldUntil } from './day-budget.ts';
import { missingFrom, type Governed } from './governed.ts';
import type { People } from './people.ts';
import type { Reach } from './reach.ts';
import type { LookAgain } from './schedule.ts';

interface FailedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly failure: Failure;
}

/** One that wasn't read, to keep what is left of its day for C1's syncs. */
export interface HeldOrganisation {
  readonly id: string;
  readonly name: string;
  readonly left: number;
  /** When it may be looked at again, in milliseconds since 1970. */
  readonly until: number;
}

/** What one look at Xero found. */
export interface Look {
  readonly listed: readonly { readonly signInId: string; readonly connection: Connection }[];
  /** How many tenants of each sign-in aren't organisations, such as practices; none where the list can't be had. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly read: readonly OrganisationAccess[];
  readonly failed: readonly FailedOrganisation[];
  /** Sign-ins that list an organisation and can't read it before somebody signs in again, with why. */
  readonly refused: ReadonlyMap<string, Failure>;
  readonly held: readonly HeldOrganisation[];
  /** What Xero said is left of an organisation's day, by lower-case id. */
  readonly days: ReadonlyMap<string, DayBudget>;
}

interface LookRequest {
  readonly reaches: readonly Reach[];
  readonly purpose: ReadPurpose;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly governed: Governed;
  /** Who is known from earlier looks; learns from this one. */
  readonly people: People;
  readonly onProgress: (done: number, of: number) => void;
  /** Called for a sign-in whose list of organisations can't be had. */
  readonly onUnlisted: (signInId: string, because: Failure) => void;
}

/** So many organisations are read at the same time; Xero's limits count for each by itself. */
const LANES = 4;

/**
 * Reads every governed organisation, each through the first healthy sign-in that lists it (product.md
 * §4). One that fails doesn't stop the others; a sign-in whose list can't be had fails those that
 * only it could have reached.
 */
export async function lookAtXero(request: LookRequest, signal: AbortSignal): Promise<Result<Look>> {
  const { governed, people } = request;
  const listing = await listAll(request, signal);
  if (!listing.ok) return listing;
  const { listed, leftOut, unlisted } = listing.value;
  const wanted = waysToWanted(listed, governed);
  if (wanted.length === 0 && governed === 'all') return fail(noOrganisation);

  const { open, held } = holdBack(wanted, request);
  const failed = missing(listed, governed, unlisted);
  const read: OrganisationAccess[] = [];
  const refused = new Map<string, Failure>();
  const queue = [...open];
  let done = 0;
  if (open.length > 0) request.onProgress(0, open.length);
  const lane = async (): Promise<void> => {
    for (let ways = queue.shift(); ways !== undefined; ways = queue.shift()) {
      const outcome = await readThrough(ways, request.purpose, refused, signal);
      const { tenantId: id, name } = ways[0].connection;
      if (outcome.ok) read.push(people.recognise(outcome.value));
      else failed.push({ id, name, failure: outcome.failure });
      done += 1;
      request.onProgress(done, open.length);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const days = daysOf(listed);
  return succeed({
    listed: listed.map(({ signInId, connection }) => ({ signInId, connection })),
    leftOut,
    read,
    failed,
    refused,
    held,
    days,
  });
}

/** The first failure that keeps a look from being the whole truth, or null. */
export function gapOf(look: Look): Failure | null {
  return look.failed[0]?.failure ?? null;
}

/** When the first pause is over that kept an organisation from being read in this look; null without any. */
export function lookAgain(looked: Result<{ readonly look: Look }>): LookAgain | null {
  const failures = looked.ok
    ? looked.value.look.failed.map(({ failure }) => failure)
    : [looked.failure];
  const held = looked.ok ? looked.value.look.held : [];
  const ends = [
    ...failures.flatMap(({ retryAt }) => (retryAt === undefined ? [] : [retryAt])),
    ...held.map(({ until }) => until),
  ];
  if (ends.length === 0) return null;
  const others =
    (looked.ok && looked.value.look.read.length > 0) || ends.length < failures.length + held.length;
  return { at: Math.min(...ends), before: others ? 'others' : 'nothing' };
}

/** A sign-in with one of the connections that it lists. */
interface Listed extends Reach {
  readonly connection: Connection;
}

/** All sign-ins that list one organisation, at least one, in their order. */
type Ways = readonly [Listed, ...Listed[]];

/** Failures of the organisation itself or of Xero's: through another sign-in they are the same. */
const WHOEVER_ASKS: ReadonlySet<FailureCode> = new Set([
  'xeroUnavailable',
  'xeroAnswerUnreadable',
  'xeroRequestRefused',
  'cancelled',
]);

/** Reads an organisation through the first sign-in that can; when none can, the first one's failure stands. */
async function readThrough(
  [first, ...others]: Ways,
  purpose: ReadPurpose,
  refused: Map<string, Failure>,
  signal: AbortSignal,
): Promise<Result<OrganisationAccess>> {
  const read = async ({ signInId, connection, reader }: Listed) => {
    const outcome = await reader.organisation(connection, purpose, signal);
    if (!outcome.ok && outcome.failure.next === 'signInToXero') {
      refused.set(signInId, outcome.failure);
    }
    return outcome;
  };
  const outcome = await read(first);
  if (outcome.ok || WHOEVER_ASKS.has(outcome.failure.code)) return outcome;
  for (const other of others) {
    const instead = await read(other);
    if (instead.ok) return instead;
  }
  return outcome;
}

/** Parts those that may be read now, through the sign-ins that may, from those whose day is kept for C1. */
function holdBack(
  wanted: readonly Ways[],
  { purpose, now }: LookRequest,
): { readonly open: readonly Ways[]; readonly held: readonly HeldOrganisation[] } {
  const open: Ways[] = [];
  const held: HeldOrganisation[] = [];
  for (const ways of wanted) {
    const [first, ...others] = ways.filter((way) => holdOf(way, purpose, now) === null);
    if (first !== undefined) open.push([first, ...others]);
    else held.push(...ways.flatMap((way) => holdOf(way, purpose, now) ?? []).slice(0, 1));
  }
  return { open, held };
}

function holdOf(
  { connection, reader }: Listed,
  purpose: ReadPurpose,
  now: number,
): HeldOrganisation | null {
  const { tenantId: id, name } = connection;
  const day = reader.day(id);
  const until = day === null ? null : heldUntil(day, purpose, now);
  return day === null || until === null ? null : { id, name, left: day.left, until };
}

function daysOf(listed: readonly Listed[]): ReadonlyMap<string, DayBudget> {
  return new Map(
    listed.flatMap(({ connection: { tenantId }, reader }) => {
      const day = reader.day(tenantId);
      return day === null ? [] : [[tenantId.toLowerCase(), day]];
    }),
  );
}

async function listAll(
  { reaches, purpose, governed, onUnlisted }: LookRequest,
  signal: AbortSignal,
): Promise<
  Result<{ listed: Listed[]; leftOut: ReadonlyMap<string, number>; unlisted: Failure | null }>
> {
  const listed: Listed[] = [];
  const leftOut = new Map<string, number>();
  let unlisted: Failure | null = null;
  for (const reach of reaches) {
    const answer = await reach.reader.connections(purpose, signal);
    if (!answer.ok) {
      onUnlisted(reach.signInId, answer.failure);
      unlisted ??= answer.failure;
      continue;
    }
    leftOut.set(reach.signInId, answer.value.leftOut);
    for (const connection of answer.value.connections) {
      listed.push({ ...reach, connection: named(connection, governed) });
    }
  }
  if (listed.length === 0 && unlisted !== null) return fail(unlisted);
  return succeed({ listed, leftOut, unlisted });
}

/** Xero's list may leave out a name that is known from before (xero.md §2). */
function named(connection: Connection, governed: Governed): Connection {
  if (governed === 'all' || !isUnnamed(connection)) return connection;
  const known = governed.get(connection.tenantId.toLowerCase());
  return known === undefined ? connection : { ...connection, name: known.name };
}

/** The wanted organisations, each once, with all the sign-ins that list it. */
function waysToWanted(listed: readonly Listed[], governed: Governed): readonly Ways[] {
  const byId = new Map<string, [Listed, ...Listed[]]>();
  for (const each of listed) {
    const id = each.connection.tenantId.toLowerCase();
    if (governed !== 'all' && !governed.has(id)) continue;
    const ways = byId.get(id);
    if (ways === undefined) byId.set(id, [each]);
    else ways.push(each);
  }
  return [...byId.values()];
}

function missing(
  listed: readonly Listed[],
  governed: Governed,
  unlisted: Failure | null,
): FailedOrganisation[] {
  if (governed === 'all') {
    return unlisted === null ? [] : [{ id: '', name: '', failure: unlisted }];
  }
  const gone = missingFrom(
    listed.map(({ connection }) => connection),
    governed,
  );
  // Where a sign-in's list can't be had, it may well hold them.
  return gone.map((each) => (unlisted === null ? each : { ...each, failure: unlisted }));
}
