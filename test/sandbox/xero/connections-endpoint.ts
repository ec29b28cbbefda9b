import type { Caller } from './bearer.ts';
import type { Connection } from './connections.ts';
import { json, type Answer, type XeroRequest } from './http.ts';
import { refusal } from './refusals.ts';
import type { XeroState } from './state.ts';

/** GET /connections: a bare array. A custom connection sees none and doesn't need it (xero.md §2). */
export function listConnections(
  xero: XeroState,
  { subject }: Caller,
  request: XeroRequest,
): Answer {
  if (subject.personId === null) return json([]);
  const authEventId = request.url.searchParams.get('authEventId');
  const listed = xero.connections
    .of(subject.clientId, subject.personId)
    .filter((connection) => authEventId === null || connection.authEventId === authEventId);
  return json(listed.map((connection) => describe(xero, connection)));
}

/** DELETE /connections/{id}: 403 for a tenant's id, or for a connection of somebody else. */
export function deleteConnection(xero: XeroState, { subject }: Caller, id: string): Answer {
  const { clientId, personId } = subject;
  const mine = personId === null ? [] : xero.connections.of(clientId, personId);
  const connection = mine.find((it) => it.id === id);
  if (connection === undefined) return refusal(403);
  xero.connections.remove([connection]);
  return { status: 204 };
}

function describe({ world }: XeroState, connection: Connection): Record<string, string | null> {
  const { practice } = connection;
  const organisation = world.organisations.find(({ id }) => id === connection.tenantId);
  const name = organisation?.showsTenantName === true ? organisation.name : null;
  return {
    id: connection.id,
    authEventId: connection.authEventId,
    tenantId: connection.tenantId,
    tenantType: practice === null ? 'ORGANISATION' : 'PRACTICE',
    tenantName: practice ?? name,
    createdDateUtc: sevenDecimals(connection.createdAt),
    updatedDateUtc: sevenDecimals(connection.updatedAt),
  };
}

/** For example `2019-12-07T18:46:19.5160000`: no zone, and UTC is meant (xero.md §2). */
function sevenDecimals(time: number): string {
  return new Date(time).toISOString().replace('Z', '0000');
}
