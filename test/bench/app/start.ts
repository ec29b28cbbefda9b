import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { findRuntime, ROOT, sandboxFlags } from '../../../scripts/runtime.mjs';

const Said = z.object({ moment: z.enum(['tray', 'window']), at: z.number() });
export type Moment = z.infer<typeof Said>['moment'];

/** A started app: when it reached which moment, in milliseconds from its start. */
export interface StartedApp {
  readonly pid: number;
  reached(moment: Moment): Promise<number>;
  quit(): Promise<void>;
}

export const OURS = ROOT;
export const BARE = join(ROOT, 'test/bench/app/bare');

/** Starts an app by its folder, in the runtime that is here, with this profile and environment. */
export function startApp(
  folder: string,
  profile: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): StartedApp {
  const runtime = findRuntime(ROOT);
  if (runtime === undefined) throw new Error('There is no Electron: run node scripts/setup.mjs');
  const timed = join(ROOT, 'test/bench/app/timed');
  const flags = [...sandboxFlags(), `--user-data-dir=${profile}`, '--lang=en-GB'];
  const start = Date.now();
  const child = spawn(runtime.path, [...flags, timed, ...args], {
    env: { ...process.env, ...env, TIMED_APP: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const waiting = new Map<Moment, (after: number) => void>();
  const reached = new Map<Moment, Promise<number>>();
  for (const moment of Said.shape.moment.options)
    reached.set(moment, new Promise((resolve) => waiting.set(moment, resolve)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{"moment"')) return;
    const { moment, at } = Said.parse(JSON.parse(line));
    waiting.get(moment)?.(at - start);
  });
  const ended = once(child, 'exit');
  const broke = ended.then(() => {
    throw new Error(`${folder} ended before it was told to`);
  });
  broke.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    reached: (moment) => Promise.race([reached.get(moment) ?? broke, broke]),
    quit: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
