import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../scripts/runtime.mjs';
import { SIZES } from './goals.ts';
import type { RawFacts } from './raw.ts';
import type { RunFacts } from './run.ts';
import { table } from './table.ts';
import { missed, type SizeFacts } from './verdict.ts';

/**
 * `npm run bench [-- --json] [-- --accounts 10000]`: writes files of several sizes, and exits with
 * 1, saying why, when a goal is missed.
 */

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, accounts: { type: 'string' } },
});
const sizes: SizeFacts[] = [];
for (const accounts of values.accounts === undefined ? SIZES : [Number(values.accounts)]) {
  sizes.push(await measure(accounts));
}
const problems = missed(sizes);
if (values.json) console.log(JSON.stringify({ sizes, missed: problems }, null, 2));
else {
  for (const line of table(sizes)) console.log(line);
  for (const problem of problems) console.log(`MISSED: ${problem}`);
  if (problems.length === 0) console.log('Every goal was met.');
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** Each part has a process of its own, so that none has the memory or the warmth of another. */
async function measure(accounts: number): Promise<SizeFacts> {
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-bench-'));
  try {
    const run = await factsOf<RunFacts>('run.ts', [String(accounts), folder]);
    const raw = await factsOf<RawFacts>('raw.ts', [folder]);
    return { run, raw };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function factsOf<Facts>(program: string, args: readonly string[]): Promise<Facts> {
  const child = fork(join(ROOT, 'test/bench', program), args);
  const sent = once(child, 'message') as Promise<[Facts]>;
  const broke = once(child, 'exit').then(([code]) => {
    throw new Error(`${program} ended with ${String(code)} before it said anything.`);
  });
  const [facts] = await Promise.race([sent, broke]);
  broke.catch(() => undefined);
  return facts;
}
