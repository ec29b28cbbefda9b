import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { MemoryLedger } from '../c1/ledger.ts';
import { openC1Session } from '../connector/c1-session.ts';
import { holding } from './holds.ts';
import type { Options } from './options.ts';
import { credentialOf, type CommandSurroundings, type Held, type Report } from './surroundings.ts';
import { openReach } from './xero-reach.ts';

/** A token from C1 (no Hello: that would register) and from Xero, and whom each knows. */
export async function check(
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<Result<Report>> {
  if (options.xero.kind === 'refreshToken' && options.tokenFile === null) return fail(wouldSpend);
  return await holding(options, surroundings, signal, (holds) =>
    checkBoth(options, { ...surroundings, ...holds }, signal),
  );
}

async function checkBoth(
  options: Options,
  surroundings: Held,
  signal: AbortSignal,
): Promise<Result<Report>> {
  const words: string[] = [];
  const json: Record<string, unknown> = {};
  if (options.c1 !== null) {
    const credential = credentialOf(options);
    if (!credential.ok) return credential;
    const session = openC1Session(
      credential.value,
      { ...surroundings, ledger: new MemoryLedger(surroundings.clock), handlers: () => ({}) },
      () => undefined,
    );
    const accepted = await session.client.authenticate();
    session.client.close();
    if (!accepted.ok) return accepted;
    words.push(`C1 at ${credential.value.host} accepts ${credential.value.clientId}.`);
    json['c1'] = { host: credential.value.host, clientId: credential.value.clientId };
  }
  const listed = await openReach(options, surroundings).reader.connections('check', signal);
  if (!listed.ok) return listed;
  const names = listed.value.connections.map(({ name }) => name);
  words.push(`Xero lets this sign-in read ${names.length}: ${names.join(', ')}.`);
  json['organisations'] = listed.value.connections.map(({ tenantId, name }) => ({
    id: tenantId,
    name,
  }));
  if (options.xero.kind === 'refreshToken') {
    const renewBy = new Date(surroundings.clock.now() + UNUSED_MS).toISOString().slice(0, 10);
    words.push(
      `Xero ends this sign-in on ${renewBy} unless it is used before: serve renews it every day, sync and check each time they run.`,
    );
    json['renewBy'] = renewBy;
  }
  return succeed({ words, json });
}

/** How long Xero's refresh token lives unused (xero.md §2). */
const UNUSED_MS = 60 * 24 * 60 * 60_000;

const wouldSpend: Failure = {
  code: 'usage',
  message:
    'A Xero refresh token works once, so checking would spend it. Set --token-file, where the next one is kept.',
  next: 'tryAgain',
};
