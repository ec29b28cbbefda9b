import { rm } from 'node:fs/promises';
import { succeed, type Result } from '../../shared/errors.ts';
import type { Credential } from '../c1/credential.ts';
import type { C1Event } from '../c1/events.ts';
import { Ledger, MemoryLedger } from '../c1/ledger.ts';
import type { TaskHandler, TaskHandlers } from '../c1/task.ts';
import { openC1Session, type C1Session } from '../connector/c1-session.ts';
import { watchNetwork } from '../connector/network-watch.ts';
import { gapOf } from '../connector/look.ts';
import { SleepWatch } from '../connector/sleep-watch.ts';
import { removeLeftovers, syncHandler, type SyncSurroundings } from '../connector/sync.ts';
import type { Log } from '../ports.ts';
import { keepAlive } from '../xero/keep-alive.ts';
import { Health, serveHealth } from './health.ts';
import { holding } from './holds.ts';
import { LedgerFile } from './ledger-file.ts';
import type { Options } from './options.ts';
import { credentialOf, type CommandSurroundings, type Held, type Report } from './surroundings.ts';
import type { CommandRequests } from './requests.ts';
import { syncParts } from './sync-parts.ts';
import { XeroLooks } from './xero-looks.ts';

/** The kinds of task that the command line does, and so what it declares. */
export function handlersOf(
  syncFull: TaskHandler,
  requests: Partial<TaskHandlers> = {},
): TaskHandlers {
  return { syncFull, ...requests };
}

/** Says hello to C1 and works on its tasks until the signal aborts; a running upload may finish. */
export async function serve(
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<Result<Report>> {
  const credential = credentialOf(options);
  if (!credential.ok) return credential;
  const health = new Health();
  const opened =
    options.health === null ? null : await serveHealth(health, options.health, surroundings.clock);
  if (opened?.ok === false) return opened;
  try {
    const ended = await holding(options, surroundings, signal, (holds) =>
      serveTasks(
        { options, credential: credential.value, health },
        { ...surroundings, ...holds },
        signal,
      ),
    );
    return ended.ok || signal.aborted ? succeed(stopped) : ended;
  } finally {
    await opened?.value.close();
  }
}

const stopped: Report = { words: ['Stopped.'], json: { stopped: true } };

interface Service {
  readonly options: Options;
  readonly credential: Credential;
  readonly health: Health;
}

async function serveTasks(
  { options, credential, health }: Service,
  surroundings: Held,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { log, progress } = surroundings;
  const folder = options.tempFolder ?? surroundings.defaultFolder;
  await removeLeftovers(folder);
  const looks = new XeroLooks(options, surroundings);
  const requests = await requestsOf(options, surroundings, looks);
  const parts = syncParts(looks, surroundings, folder, (outcome) => health.onXero(outcome));
  const syncFull = syncHandler(seenBy(requests, parts));
  const session = openC1Session(
    credential,
    {
      ...surroundings,
      ledger: ledgerOf(options, surroundings),
      handlers: (host) => handlersOf(syncFull, requests?.handlers(host)),
      ...(requests !== null && {
        leftOpen: (host) => requests.leftOpen(host),
        overhear: (event, host) => requests.follow(event, host),
      }),
      fetch: options.manyTasks ? 'many' : 'one',
    },
    (event) => {
      health.onC1(event);
      logEvent(event, log);
    },
  );
  log.info('c1.serving', { host: credential.host });
  const awake = new AbortController();
  followComputer(session, surroundings, awake.signal, () => requests?.retry());
  const looking = requests?.run(awake.signal);
  const { keeper } = looks;
  if (keeper !== null) void keepAlive(() => [keeper], surroundings.clock, awake.signal);
  const ended = await session.loop.run(signal);
  awake.abort();
  await looking;
  session.client.close();
  progress.clear();
  await removeLeftovers(folder);
  if (options.tempFolder === null) await rm(folder, { recursive: true, force: true });
  return ended;
}

/** After the machine slept, or on another network, what waited is tried at once, over a new connection. */
function followComputer(
  { client, loop }: C1Session,
  { clock, log, address }: Held,
  signal: AbortSignal,
  onBack: () => void,
): void {
  const anew = (event: string) => (): void => {
    log.info(event);
    client.reset();
    loop.wake();
    onBack();
  };
  void new SleepWatch({ clock, onWake: anew('power.resumed') }).run(signal);
  const [onReturn, onMove] = [anew('network.returned'), anew('network.moved')];
  void watchNetwork({ clock, address, onReturn, onMove }, signal);
}

/** None unless they are asked for, and then nothing of them is loaded. */
async function requestsOf(
  options: Options,
  surroundings: Held,
  looks: XeroLooks,
): Promise<CommandRequests | null> {
  if (!options.provisioning) return null;
  const { CommandRequests } = await import('./requests.ts');
  return new CommandRequests(options, surroundings, looks);
}

/** What a sync reads of Xero serves the requests that wait, too. */
function seenBy(requests: CommandRequests | null, parts: SyncSurroundings): SyncSurroundings {
  if (requests === null) return parts;
  const look: SyncSurroundings['look'] = async (signal) => {
    const looked = await parts.look(signal);
    if (looked.ok && gapOf(looked.value.look) === null) requests.looked(looked.value.read);
    return looked;
  };
  return { ...parts, look };
}

function ledgerOf({ stateFolder }: Options, { clock, log }: Held): Ledger {
  return stateFolder === null
    ? new MemoryLedger(clock)
    : new Ledger({ shelf: new LedgerFile(stateFolder), clock, log });
}

/** One line for each event, but for the polls, which are many. */
function logEvent(event: C1Event, log: Log): void {
  if (event.kind === 'answered') return;
  const failure = 'because' in event ? event.because : null;
  const task = 'task' in event ? (event.task ?? 'unknown') : null;
  log.info(`c1.${event.kind}`, { task, code: failure?.code ?? null });
}
