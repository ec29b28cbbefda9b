import { rm } from 'node:fs/promises';
import { succeed, type Result } from '../../shared/errors.ts';
import type { Credential } from '../c1/credential.ts';
import type { C1Event } from '../c1/events.ts';
import { Ledger, MemoryLedger } from '../c1/ledger.ts';
import type { TaskHandler, TaskHandlers } from '../c1/task.ts';
import { openC1Session, type C1Session } from '../connector/c1-session.ts';
import { watchNetwork } from '../connector/network-watch.ts';
import { SleepWatch } from '../connector/sleep-watch.ts';
import { removeLeftovers, syncHandler } from '../connector/sync.ts';
import type { Log } from '../ports.ts';
import { keepAlive } from '../xero/keep-alive.ts';
import { Health, serveHealth } from './health.ts';
import { holding } from './holds.ts';
import { LedgerFile } from './ledger-file.ts';
import type { Options } from './options.ts';
import { credentialOf, type CommandSurroundings, type Held, type Report } from './surroundings.ts';
import { syncParts } from './sync-parts.ts';

/** The kinds of task that the command line does, and so what it declares. */
export function handlersOf(syncFull: TaskHandler): TaskHandlers {
  return { syncFull };
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
  const parts = syncParts(options, surroundings, folder, (outcome) => health.onXero(outcome));
  const handlers = handlersOf(syncHandler(parts));
  const session = openC1Session(
    credential,
    {
      ...surroundings,
      ledger: ledgerOf(options, surroundings),
      handlers: () => handlers,
      fetch: options.manyTasks ? 'many' : 'one',
    },
    (event) => {
      health.onC1(event);
      logEvent(event, log);
    },
  );
  log.info('c1.serving', { host: credential.host });
  const awake = new AbortController();
  followComputer(session, surroundings, awake.signal);
  const { keeper } = parts;
  if (keeper !== null) void keepAlive(() => [keeper], surroundings.clock, awake.signal);
  const ended = await session.loop.run(signal);
  awake.abort();
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
): void {
  const anew = (event: string) => (): void => {
    log.info(event);
    client.reset();
    loop.wake();
  };
  void new SleepWatch({ clock, onWake: anew('power.resumed') }).run(signal);
  const [onReturn, onMove] = [anew('network.returned'), anew('network.moved')];
  void watchNetwork({ clock, address, onReturn, onMove }, signal);
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
