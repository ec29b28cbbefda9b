import { fail, type FailureCode, type Result } from '../../shared/errors.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import type { OrganisationAccess } from '../access/types.ts';
import { OrganisationAnswer, type Connection } from './answers.ts';
import type { XeroAnswer, XeroApi } from './api.ts';
import { fitFor, notAuthorised } from './app-failures.ts';
import { XeroReader, type ReaderSurroundings, type ReadPurpose } from './reader.ts';

interface OpenReaderSurroundings extends Omit<ReaderSurroundings, 'api'> {
  readonly api: XeroApi;
}

/** Reads what an app of this kind reaches. */
export function openReader(kind: XeroAppKind, surroundings: OpenReaderSurroundings): XeroReader {
  return kind === 'custom'
    ? new CustomConnectionReader({ ...surroundings, api: onlyOrganisation(surroundings.api) })
    : new XeroReader(surroundings);
}

/**
 * Of a custom connection Xero lists no connections, and wants no tenant id: its one organisation is
 * learnt from /Organisation, whose id serves everywhere else (xero.md §2).
 */
class CustomConnectionReader extends XeroReader {
  override async connections(
    purpose: ReadPurpose,
    signal: AbortSignal,
  ): Promise<Result<{ connections: readonly Connection[]; leftOut: number }>> {
    const listed = await super.connections(purpose, signal);
    if (listed.ok) return listed;
    const { failure } = listed;
    return fail(NOT_LET_IN.has(failure.code) ? notAuthorised(failure) : fitFor('custom', failure));
  }

  override async organisation(
    connection: Connection,
    purpose: ReadPurpose,
    signal: AbortSignal,
  ): Promise<Result<OrganisationAccess>> {
    const read = await super.organisation(connection, purpose, signal);
    return read.ok ? read : fail(fitFor('custom', read.failure));
  }
}

/** How a refusal is told where the organisation has no name yet. */
const NOT_LET_IN: ReadonlySet<FailureCode> = new Set(['xeroForbidden', 'xeroRequestRefused']);

function onlyOrganisation(api: XeroApi): ReaderSurroundings['api'] {
  return {
    connections: async (call) => asConnections(await api.organisation('', call)),
    disconnect: (connectionId, call) => api.disconnect(connectionId, call),
    organisation: (_tenantId, call) => api.organisation('', call),
    users: (_tenantId, call) => api.users('', call),
  };
}

/** An answer about the organisation in the form of a list of connections, which has no id of its own. */
function asConnections(answer: XeroAnswer): XeroAnswer {
  const organisation = OrganisationAnswer.safeParse(answer.body);
  if (!organisation.success) return answer;
  const { id: tenantId, name } = organisation.data;
  const tenantName = name === '' ? null : name;
  return { ...answer, body: [{ tenantId, tenantType: 'ORGANISATION', tenantName }] };
}
