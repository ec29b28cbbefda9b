import type { Failure } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { STARTER_CONNECTIONS } from '../../shared/words.ts';
import type { Connection } from '../xero/answers.ts';
import { signInTimedOutAtLimit } from '../xero/errors.ts';
import { sameId } from './governed.ts';

/** What "connect another organisation" came to, as of how things stood before the browser opened. */

/** Ids of the connections that no sign-in had before. */
export function newOrganisations(
  { xero }: Snapshot,
  connections: readonly Connection[],
): readonly string[] {
  const known = xero.flatMap(({ organisations }) => organisations);
  return connections
    .map(({ tenantId }) => tenantId)
    .filter((tenantId) => !known.some(({ id }) => sameId(id, tenantId)));
}

/** Whether this sign-in was well before, so that going through Xero again was for another organisation. */
export function wasSignedIn({ xero }: Snapshot, signInId: string): boolean {
  return xero.some(({ id, state }) => id === signInId && state.kind === 'signedIn');
}

/**
 * A sign-in that Xero never answered, told with the ceiling where the app may have met it: Xero ends
 * on a page of its own then and sends nobody back (xero.md §2).
 */
export function toldWithLimit(failure: Failure, snapshot: Snapshot, signInId: string): Failure {
  if (failure.code !== 'signInTimedOut') return failure;
  const connections = connectionsOfApp(snapshot, signInId);
  return connections < STARTER_CONNECTIONS ? failure : signInTimedOutAtLimit(connections);
}

/** How many connections the sign-in's app has, as far as this computer knows. */
function connectionsOfApp({ xero }: Snapshot, signInId: string): number {
  const clientId = xero.find(({ id }) => id === signInId)?.clientId;
  return xero
    .filter((signIn) => signIn.clientId === clientId)
    .reduce((sum, { organisations, leftOut }) => sum + organisations.length + (leftOut ?? 0), 0);
}
