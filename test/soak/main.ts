import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Code } from '@connectrpc/connect';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';
import { SeededRandom } from '../sandbox/random.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { plan, type Planned } from './deeds.ts';
import { isSettled, play, reissue } from './play.ts';
import { Serving } from './serving.ts';
import { table } from './table.ts';
import { broken, type Facts } from './verdict.ts';

/** `npm run soak [-- --seconds 600 --seed 1]`: exits with 1, and says why, when a promise is broken. */

const Options = z.object({
  seconds: z.coerce.number().int().positive().default(600),
  seed: z.coerce.number().int().default(1),
});
const MANY = 1_000_000;
/** After the last fault everything must come to its end within so many milliseconds. */
const PATIENCE = 150_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' } },
});
const { seconds, seed } = Options.parse(values);
process.exitCode = await soak(seconds * 1000, seed);

async function soak(length: number, seed: number): Promise<number> {
  const sandbox = await startSandbox({
    seed,
    limits: { minute: MANY, day: MANY, appMinute: MANY },
    // C1's own time-outs are played by `reissue`, which leaves the task with its host.
    c1: { autoSync: false, heartbeatMs: 2000, taskTimeoutMs: MANY * 1000, tokenSeconds: 30 },
  });
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-soak-'));
  console.log(`Soaking for ${length / 1000} s with seed ${seed}.`);
  try {
    const facts = await run(sandbox, folder, plan(new SeededRandom(seed), length));
    console.log(table(facts).join('\n'));
    const problems = broken(facts);
    for (const problem of problems) console.log(`BROKEN: ${problem}`);
    if (problems.length === 0) console.log('Every promise was kept.');
    return problems.length === 0 ? 0 : 1;
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(sandbox: Sandbox, folder: string, planned: readonly Planned[]): Promise<Facts> {
  const { c1 } = sandbox;
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  // It starts on a bad day.
  c1.faults.token.add({ kind: 'status', status: 503 }, 1);
  c1.faults.rpc('Hello').add({ kind: 'code', code: Code.Unavailable }, 1);
  const serving = new Serving(folder, environment(sandbox, folder, temporary), await logFile());
  const over = new AbortController();
  const chores = every(1000, over.signal, async () => {
    reissue(c1);
    await serving.look();
  });
  const died = serving.ended.then(() => over.abort());
  await Promise.race([c1.waitFor('hello'), died]);
  await play(c1, planned, over.signal).catch(() => undefined);
  c1.faults.clear();
  const deadline = Date.now() + PATIENCE;
  while (serving.running && Date.now() < deadline && !c1.tasks().every(isSettled)) await wait(250);
  // Once more in peace, so that what is measured last is what stays.
  await wait(6000);
  const exited = serving.running ? terminate(serving) : serving.ended;
  const exitCode = await exited;
  await died;
  await chores;
  return {
    tasks: c1.tasks(),
    violations: c1.violations(),
    faults: faultsOf(sandbox, planned),
    samples: serving.samples,
    polls: c1.events('poll').map(({ at }) => at),
    uploads: c1.uploads().length,
    longestOutage: longestOutage(planned),
    left: await leftIn(folder, temporary),
    exitCode,
    toldSecrets: sandbox.secrets().some((secret) => serving.output.includes(secret)),
  };
}

async function terminate(serving: Serving): Promise<number | null> {
  serving.signal('SIGTERM');
  return serving.ended;
}

function environment(
  { env }: Sandbox,
  folder: string,
  temporary: string,
): Readonly<Record<string, string>> {
  return {
    ...env,
    BATON_C1Z_TEMP_DIR: temporary,
    BATON_XERO_TOKEN_FILE: join(folder, 'token.json'),
    BATON_XERO_STATE_DIR: join(folder, 'state'),
    BATON_LOG_FORMAT: 'json',
  };
}

/** What happened by itself is in the journal; what was done on purpose is in the plan. */
function faultsOf({ c1 }: Sandbox, planned: readonly Planned[]): string[] {
  const silent = new Set(['tokens expire', 'no next_poll', 'cancel', 'deliver again']);
  return [
    ...c1
      .events('fault')
      .map(({ where }) => where.replace(/cut after \d+ bytes/, 'cut by its bytes')),
    ...planned.flatMap(({ deed: { kind } }) => (silent.has(kind) ? [kind] : [])),
  ];
}

function longestOutage(planned: readonly Planned[]): number {
  const outages = planned.map(({ deed }) =>
    deed.kind === 'silence' || deed.kind === 'restart' ? deed.ms : 0,
  );
  return Math.max(0, ...outages);
}

async function leftIn(folder: string, temporary: string): Promise<string[]> {
  const names = await readdir(folder);
  const strangers = names.filter((name) => !['temporary', 'token.json', 'state'].includes(name));
  return [...(await readdir(temporary)), ...strangers];
}

async function logFile(): Promise<string> {
  const results = join(ROOT, 'test/results');
  await mkdir(results, { recursive: true });
  return join(results, 'soak.log');
}

async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await wait(ms, undefined, { signal }).catch(() => undefined);
  }
}
