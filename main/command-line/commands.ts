import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { AccessCounts, SyncState } from '../../shared/snapshot.ts';
import { buildAccessModel } from '../access/model.ts';
import { parseCredential, type Credential } from '../c1/credential.ts';
import type { HostFacts } from '../c1/hello.ts';
import { MemoryLedger } from '../c1/ledger.ts';
import type { C1zRequest, C1zWritten } from '../c1z/writer.ts';
import { openC1Session } from '../connector/c1-session.ts';
import { lookAtXero, type Governed } from '../connector/look.ts';
import {
  removeLeftovers,
  syncHandler,
  writeSync,
  type SyncSurroundings,
} from '../connector/sync.ts';
import type { Options } from './options.ts';
import { chooseGoverned, openReach, type ReachSurroundings } from './xero-reach.ts';

export interface CommandSurroundings extends ReachSurroundings {
  readonly facts: HostFacts;
  readonly writer: { write(request: C1zRequest, signal: AbortSignal): Promise<Result<C1zWritten>> };
  /** Where temporary files go when no flag names a folder. */
  readonly defaultFolder: string;
}

/** What a command prints: words for a person and, with `--json`, the same for a machine. */
export interface Report {
  readonly words: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** Reads Xero once and writes the file. */
export async function sync(
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<Result<Report>> {
  const path = resolve(options.file);
  const parts = syncParts(options, surroundings, dirname(path));
  const written = await writeSync(parts, path, signal);
  if (!written.ok) return written;
  const { bytes, counts, warnings } = written.value;
  return succeed({
    words: [
      `Wrote ${options.file}: ${describe(counts)}, ${bytes} bytes.`,
      ...warnings.map((warning) => `Warning: ${warning}`),
    ],
    json: { file: path, bytes, ...counts, warnings },
  });
}

/** Says hello to C1 and works on its tasks until the signal aborts; a running upload may finish. */
export async function serve(
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<Result<Report>> {
  const credential = credentialOf(options);
  if (!credential.ok) return credential;
  const { clock, log } = surroundings;
  const folder = options.tempFolder ?? surroundings.defaultFolder;
  await removeLeftovers(folder);
  const handlers = { syncFull: syncHandler(syncParts(options, surroundings, folder)) };
  const session = openC1Session(
    credential.value,
    {
      ...surroundings,
      ledger: new MemoryLedger(clock),
      handlers: () => handlers,
    },
    (event) => {
      const failure = 'because' in event ? event.because : null;
      if (event.kind === 'answered') return;
      const task = 'task' in event ? (event.task ?? 'unknown') : null;
      log.info(`c1.${event.kind}`, { task, code: failure?.code ?? null });
    },
  );
  log.info('c1.serving', { host: credential.value.host });
  const ended = await session.loop.run(signal);
  session.client.close();
  await removeLeftovers(folder);
  if (options.tempFolder === null) await rm(folder, { recursive: true, force: true });
  return ended.ok ? succeed({ words: ['Stopped.'], json: { stopped: true } }) : ended;
}

/** A token from C1 (no Hello: that would register) and from Xero, and whom each knows. */
export async function check(
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<Result<Report>> {
  if (options.xero.kind === 'refreshToken' && options.tokenFile === null) return fail(wouldSpend);
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
  const listed = await openReach(options, surroundings).reader.connections(signal);
  if (!listed.ok) return listed;
  const names = listed.value.connections.map(({ name }) => name);
  words.push(`Xero lets this sign-in read ${names.length}: ${names.join(', ')}.`);
  json['organisations'] = listed.value.connections.map(({ tenantId, name }) => ({
    id: tenantId,
    name,
  }));
  return succeed({ words, json });
}

const wouldSpend: Failure = {
  code: 'usage',
  message:
    'A Xero refresh token works once, so checking would spend it. Set --token-file, where the next one is kept.',
  next: 'tryAgain',
};

function credentialOf(options: Options): Result<Credential> {
  return options.c1 === null
    ? fail({
        code: 'credentialMissing',
        message: 'C1 needs --client-id and --client-secret.',
        next: 'pasteCredential',
      })
    : parseCredential(options.c1.clientId, options.c1.clientSecret);
}

function syncParts(
  options: Options,
  surroundings: CommandSurroundings,
  folder: string,
): SyncSurroundings {
  const { clock, random, log, writer } = surroundings;
  const reach = openReach(options, surroundings);
  let governed: Governed | undefined;
  let remembered: ReadonlyMap<string, string> = new Map();
  return {
    clock,
    random,
    log,
    writer,
    folder,
    onState: (state) => logState(state, surroundings),
    onUploaded: () => undefined,
    look: async (signal) => {
      if (governed === undefined) {
        const chosen = await chooseGoverned(options.organisations, reach, signal);
        if (!chosen.ok) return chosen;
        governed = chosen.value;
      }
      const looked = await lookAtXero(
        {
          reaches: [reach],
          governed,
          onProgress: (done, of) => log.debug('xero.reading', { done, of }),
          onUnlisted: (_signInId, { code }) => log.warn('xero.unlisted', { code }),
        },
        signal,
      );
      if (!looked.ok) return looked;
      // Practices can't be governed: their connections are skipped, and that is said (xero.md §2).
      for (const leftOut of looked.value.leftOut.values()) {
        if (leftOut > 0) log.warn('xero.leftOut', { connections: leftOut });
      }
      const model = buildAccessModel(looked.value.read, {
        remembered,
        accountId: options.accountId,
        legacyOrganisationId: legacyId(options.legacyOrganisation, looked.value.read),
      });
      remembered = model.accountIds;
      return succeed({ look: looked.value, model });
    },
  };
}

/** `--legacy-ids` names the organisation by name or id. */
function legacyId(
  wanted: string | null,
  read: readonly { readonly organisation: { readonly id: string; readonly name: string } }[],
): string | null {
  if (wanted === null) return null;
  const name = wanted.toLowerCase();
  const found = read.find(
    ({ organisation }) =>
      organisation.id.toLowerCase() === name || organisation.name.toLowerCase() === name,
  );
  return found?.organisation.id ?? wanted;
}

function logState(state: SyncState, { log }: CommandSurroundings): void {
  log.debug('sync.state', { kind: state.kind });
}

function describe(counts: AccessCounts): string {
  return `${counts.organisations} organisations, ${counts.accounts} accounts, ${counts.roles} roles, ${counts.entitlements} entitlements, ${counts.grants} grants`;
}
