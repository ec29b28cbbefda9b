import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { Connection } from '../xero/answers.ts';
import { customConnectionStays, notDisconnected } from '../xero/organisation-errors.ts';
import type { Log } from '../ports.ts';
import type { Choices } from './choices.ts';
import { sameId } from './governed.ts';
import type { HistoryLog } from './history.ts';
import type { SignIns } from './sign-ins.ts';
import type { StateHolder } from './state-holder.ts';

interface DisconnectingSurroundings {
  readonly state: StateHolder;
  readonly choices: Pick<Choices, 'stopGoverning'>;
  readonly signIns: Pick<SignIns, 'reaches' | 'disconnect'>;
  readonly log: Log;
  readonly history: HistoryLog;
}

/**
 * Ends an organisation's connections at Xero, through every sign-in that lists it, and stops
 * governing it. The other connections and the sign-ins stay. After a failure all here is as before.
 */
export async function disconnectOrganisation(
  id: string,
  surroundings: DisconnectingSurroundings,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { state, choices, log, history } = surroundings;
  const showing = state.snapshot.xero.filter(({ organisations }) =>
    organisations.some((organisation) => sameId(organisation.id, id)),
  );
  const name = showing
    .flatMap(({ organisations }) => organisations)
    .find((organisation) => sameId(organisation.id, id))?.name;
  if (name === undefined) return fail(notThere);
  if (showing.some(({ app }) => app === 'custom')) return fail(customConnectionStays(name));

  // First what can be undone: a connection that was ended is gone.
  const stopped = choices.stopGoverning(id);
  if (!stopped.ok) return stopped;
  const signInIds = showing.map((signIn) => signIn.id);
  const ended = await endConnections(id, signInIds, surroundings, signal);
  if (!ended.ok) {
    const back = stopped.value.undo();
    if (!back.ok) log.error('disconnect.notUndone', { code: back.failure.code });
    return fail(notDisconnected(name, ended.failure));
  }
  state.tell({ type: 'organisationDisconnected', id });
  history.record({ kind: 'organisation', what: 'disconnected', name });
  return succeed();
}

/** Looks up all connections before it ends any: one that can't be looked up ends none. */
async function endConnections(
  organisationId: string,
  signInIds: readonly string[],
  { signIns }: DisconnectingSurroundings,
  signal: AbortSignal,
): Promise<Result<void>> {
  const found: { readonly signInId: string; readonly connection: Connection }[] = [];
  for (const { signInId, reader } of signIns.reaches) {
    if (!signInIds.includes(signInId)) continue;
    const listed = await reader.connections('check', signal);
    if (!listed.ok) return listed;
    for (const connection of listed.value.connections) {
      if (sameId(connection.tenantId, organisationId)) found.push({ signInId, connection });
    }
  }
  for (const { signInId, connection } of found) {
    const ended = await signIns.disconnect(signInId, connection, signal);
    if (!ended.ok) return ended;
  }
  return succeed();
}

const notThere: Failure = {
  code: 'usage',
  message: say('disconnecting.thatOrganisationIsntConnectedAny'),
  next: 'checkXeroNow',
};
