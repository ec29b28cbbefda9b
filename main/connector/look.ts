import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { OrganisationAccess } from '../access/types.ts';
import type { Connection } from '../xero/answers.ts';
import { noOrganisation, organisationMissing } from '../xero/errors.ts';
import type { XeroReader } from '../xero/reader.ts';
import type { People } from './people.ts';

/** A sign-in through which organisations can be read. */
export interface Reach {
  readonly signInId: string;
  readonly reader: Pick<XeroReader, 'connections' | 'organisation'>;
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

/** What one look at Xero found. */
export interface Look {
  readonly listed: readonly { readonly signInId: string; readonly connection: Connection }[];
  /** How many tenants of each sign-in aren't organisations, such as practices; none where the list can't be had. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly read: readonly OrganisationAccess[];
  readonly failed: readonly FailedOrganisation[];
}

interface LookRequest {
  readonly reaches: readonly Reach[];
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
  const listing = await listAll(request, signal);
  if (!listing.ok) return listing;
  const { listed, leftOut, unlisted } = listing.value;
  const wanted = chosen(listed, request.governed);
  if (wanted.length === 0 && request.governed === 'all') return fail(noOrganisation);

  const failed = missing(listed, request.governed, unlisted);
  const read: OrganisationAccess[] = [];
  const queue = [...wanted];
  let done = 0;
  request.onProgress(0, wanted.length);
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { signInId, connection, reader } = next;
      const { tenantId: id, name } = connection;
      const outcome = await reader.organisation(connection, signal);
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
  });
}

/** The first failure that keeps a look from being the whole truth, or null. */
export function gapOf(look: Look): Failure | null {
  return look.failed[0]?.failure ?? null;
}

/** When all pauses are over that Xero asked for in this look, in milliseconds since 1970; null without any. */
export function pausedUntil(looked: Result<{ readonly look: Look }>): number | null {
  const failures = looked.ok
    ? looked.value.look.failed.map(({ failure }) => failure)
    : [looked.failure];
  const ends = failures.flatMap(({ retryAt }) => (retryAt === undefined ? [] : [retryAt]));
  return ends.length === 0 ? null : Math.max(...ends);
}

interface Listed extends Reach {
  readonly connection: Connection;
}

async function listAll(
  { reaches, onUnlisted }: Pick<LookRequest, 'reaches' | 'onUnlisted'>,
  signal: AbortSignal,
): Promise<
  Result<{ listed: Listed[]; leftOut: ReadonlyMap<string, number>; unlisted: Failure | null }>
> {
  const listed: Listed[] = [];
  const leftOut = new Map<string, number>();
  let unlisted: Failure | null = null;
  for (const reach of reaches) {
    const answer = await reach.reader.connections(signal);
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
