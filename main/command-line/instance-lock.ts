import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Clock, Log, Random } from '../ports.ts';

export interface LockSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly pid: number;
  readonly hostname: string;
  /** Whether a process of this computer runs. */
  readonly isRunning: (pid: number) => boolean;
}

export interface Lockable {
  readonly path: string;
  /** How a sentence begins that is about it. */
  readonly what: string;
}

/** A hold on a file or folder; others of the same are refused until it is let go. */
export interface InstanceLock {
  /** False once another process took over, as after a long sleep of this computer. */
  readonly isHeld: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

const Holder = z.object({ id: z.string(), pid: z.number(), host: z.string(), since: z.string() });
type Holder = z.infer<typeof Holder>;

const SECOND = 1000;
const BEAT_MS = 5 * SECOND;
/** A holder that touched nothing for so long is dead; it needs no agreement of clocks. */
const PATIENCE_MS = 13 * SECOND;
const TRIES = 3;

/**
 * Takes the lock file at `path`, so that two instances never spend one token (product.md §6). A dead
 * holder is told by its process, or, where that can't be asked (another host, a container's own
 * process numbers), by its beats. Fails with `inUse`, saying who holds it,
 * with `diskFailed`, or with `cancelled` when the signal aborts meanwhile.
 */
export async function takeLock(
  { path, what }: Lockable,
  surroundings: LockSurroundings,
  signal: AbortSignal,
): Promise<Result<InstanceLock>> {
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const taken = await create(path, surroundings);
      if (taken !== null) return succeed(hold(path, taken, surroundings));
      const found = await look(path);
      if (found === null) continue;
      const lives = await isAlive(path, found, surroundings, signal);
      if (signal.aborted) return fail(stopped);
      if (lives) return fail(inUse(what, found.holder));
      await discard(path, found, surroundings);
    }
    return fail(inUse(what, null));
  } catch (error) {
    const code = errno(error);
    if (code === null) throw error;
    return fail(unusable(what, code));
  }
}

async function create(path: string, surroundings: LockSurroundings): Promise<string | null> {
  const { clock, random, pid, hostname } = surroundings;
  const id = Buffer.from(random.bytes(16)).toString('hex');
  const since = new Date(clock.now()).toISOString();
  const content: Holder = { id, pid, host: hostname, since };
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(content)}\n`).finally(() => file.close());
    return id;
  } catch (error) {
    if (errno(error) === 'EEXIST') return null;
    throw error;
  }
}

interface Found {
  readonly text: string;
  /** Null where the holder is just writing it, or died in between. */
  readonly holder: Holder | null;
  readonly touchedAt: number;
}

async function look(path: string): Promise<Found | null> {
  try {
    const text = await readFile(path, 'utf8');
    return { text, holder: parse(text), touchedAt: (await stat(path)).mtimeMs };
  } catch (error) {
    if (errno(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Watches for a beat where the process can't be asked. */
async function isAlive(
  path: string,
  found: Found,
  surroundings: LockSurroundings,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, hostname, isRunning, pid } = surroundings;
  const { holder } = found;
  const askable = holder !== null && holder.host === hostname && holder.pid !== pid;
  if (askable && !isRunning(holder.pid)) return false;
  for (let waited = 0; waited < PATIENCE_MS; waited += SECOND) {
    await clock.sleep(SECOND, signal);
    if (signal.aborted) return true;
    const now = await look(path);
    if (now === null) return false;
    if (now.text !== found.text || now.touchedAt !== found.touchedAt) return true;
  }
  return false;
}

/** Removes a dead holder's file, and nobody else's who may have been quicker. */
async function discard(path: string, dead: Found, { random }: LockSurroundings): Promise<void> {
  const aside = `${path}.${Buffer.from(random.bytes(8)).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errno(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) === dead.text) await rm(aside, { force: true });
  else await rename(aside, path);
}

function hold(path: string, id: string, { clock, log }: LockSurroundings): InstanceLock {
  const stop = new AbortController();
  const isHeld = async (): Promise<boolean> => {
    const found = await look(path).catch(() => null);
    return found?.holder?.id === id;
  };
  const beat = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(BEAT_MS, stop.signal);
      if (stop.signal.aborted) return;
      const now = new Date(clock.now());
      if (await isHeld()) await utimes(path, now, now).catch(() => log.warn('lock.beatFailed'));
    }
  };
  const beating = beat();
  return {
    isHeld,
    release: async () => {
      stop.abort();
      await beating;
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

const stopped: Failure = { code: 'cancelled', message: 'Stopped.', next: 'tryAgain' };

function unusable(what: string, detail: string): Failure {
  const message = `${what} can’t be used. Check that its folder exists and that you may write to it.`;
  return { code: 'diskFailed', message, next: 'tryAgain', detail };
}

function inUse(what: string, holder: Holder | null): Failure {
  const who =
    holder === null
      ? 'another c1-xero'
      : `c1-xero, process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return {
    code: 'inUse',
    message: `${what} is in use by ${who}. Stop that one first, or give this one its own.`,
    next: 'tryAgain',
  };
}

function parse(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The system's own code, or null for what is a bug. */
function errno(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}
