import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { OrganisationAccess } from '../access/types.ts';
import type { Connection } from '../xero/answers.ts';
import { noOrganisation, organisationMissing } from '../xero/errors.ts';
import type { DayBudget } from '../xero/governor.ts';
import type { ReadPurpose, XeroReader } from '../xero/reader.ts';
import { heldUntil } from './day-budget.ts';
import type { People } from './people.ts';
import type { LookAgain } from './schedule.ts';

/** A sign-in through which organisations can be read. */
export interface Reach {
  readonly signInId: string;
  readonly reader: Pick<XeroReader, 'connections' | 'organisation' | 'day'>;
}

/** Which organisations are read: all that are connected, or the chosen ones (by lower-case id, with their last known name). */
export type Governed = 'all' | ReadonlyMap<string, string>;

interface FailedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly failure: Failure;
  /** The sign-in it was to be read through; absent when none lists it. */
  readonly signInId?: string;
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
 * Reads every governed organisation. One that fails doesn't stop the others; a
 * sign-in whose list can't be had fails those that only it could have reached.
 */
export async function lookAtXero(request: LookRequest, signal: AbortSignal): Promise<Result<Look>> {
  const { purpose, now } = request;
  const listing = await listAll(request, signal);
  if (!listing.ok) return listing;
  const { listed, leftOut, unlisted } = listing.value;
  const all = chosen(listed, request.governed);
  if (all.length === 0 && request.governed === 'all') return fail(noOrganisation);

  const failed = missing(listed, request.governed, unlisted);
  const held = all.flatMap((each) => holdBack(each, purpose, now));
  const wanted = all.filter(({ connection }) => !held.some(({ id }) => id === connection.tenantId));
  const read: OrganisationAccess[] = [];
  const queue = [...wanted];
  let done = 0;
  if (wanted.length > 0) request.onProgress(0, wanted.length);
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { signInId, connection, reader } = next;
      const { tenantId: id, name } = connection;
      const outcome = await reader.organisation(connection, purpose, signal);
      if (outcome.ok) read.push(request.people.recognise(outcome.value));
      else failed.push({ id, name, failure: outcome.failure, signInId });
      done += 1;
      request.onProgress(done, wanted.length);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return succeed({
    listed: listed.map(({ signInId, connection }) => ({ signInId, connection })),
    leftOut,
    read,
    failed,
    held,
    days: daysOf(listed),
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

interface Listed extends Reach {
  readonly connection: Connection;
}

function holdBack(
  { connection, reader }: Listed,
  purpose: ReadPurpose,
  now: number,
): HeldOrganisation[] {
  const { tenantId: id, name } = connection;
  const day = reader.day(id);
  const until = day === null ? null : heldUntil(day, purpose, now);
  return day === null || until === null ? [] : [{ id, name, left: day.left, until }];
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
  { reaches, purpose, onUnlisted }: Pick<LookRequest, 'reaches' | 'purpose' | 'onUnlisted'>,
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
    listed.push(...answer.value.connections.map((connection) => ({ ...reach, connection })));
  }
  if (listed.length === 0 && unlisted !== null) return fail(unlisted);
  return succeed({ listed, leftOut, unlisted });
}

/** The wanted connections, once each: an organisation is read through the first sign-in that reaches it. */
function chosen(listed: readonly Listed[], governed: Governed): Listed[] {
  const first = new Map<string, Listed>();
  for (const each of listed) {
    const id = each.connection.tenantId.toLowerCase();
    const wanted = governed === 'all' || governed.has(id);
    if (wanted && !first.has(id)) first.set(id, each);
  }
  return [...first.values()];
}

function missing(
  listed: readonly Listed[],
  governed: Governed,
  unlisted: Failure | null,
): FailedOrganisation[] {
  if (governed === 'all') {
    return unlisted === null ? [] : [{ id: '', name: '', failure: unlisted }];
  }
  const present = new Set(listed.map(({ connection }) => connection.tenantId.toLowerCase()));
  return [...governed]
    .filter(([id]) => !present.has(id))
    .map(([id, name]) => ({ id, name, failure: unlisted ?? organisationMissing(name) }));
}
