import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../scripts/runtime.mjs';
import { measureCell, type CellFacts } from './cell.ts';
import { cellsTable } from './cells-table.ts';
import { missedInCells } from './cells-verdict.ts';
import { ORGANISATION_COUNTS, SIZES } from './goals.ts';
import { buildOfficial, hasGo } from './official.ts';
import type { RawFacts } from './raw.ts';
import type { RunFacts } from './run.ts';
import { table } from './table.ts';
import { missed, type SizeFacts } from './verdict.ts';

/**
 * `npm run bench [-- --json] [-- --accounts 10000] [-- --orgs 3]`: writes files of several sizes,
 * then runs the command line side by side with the official SDK's syncer, where there is Go. Exits
 * with 1, saying why, when a goal is missed.
 */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    accounts: { type: 'string' },
    orgs: { type: 'string' },
  },
});
const accountCounts = values.accounts === undefined ? SIZES : [Number(values.accounts)];
const orgCounts = values.orgs === undefined ? ORGANISATION_COUNTS : [Number(values.orgs)];

const sizes: SizeFacts[] = [];
for (const accounts of accountCounts) {
  sizes.push(await inFolder((folder) => measure(accounts, folder)));
}
const cells = hasGo() ? await inFolder(measureCells) : [];
const problems = [...missed(sizes), ...missedInCells(cells)];
if (values.json) console.log(JSON.stringify({ sizes, cells, missed: problems }, null, 2));
else say();
process.exitCode = problems.length === 0 ? 0 : 1;

function say(): void {
  const beside = cells.length === 0 ? ['Without Go nothing was compared.'] : cellsTable(cells);
  for (const line of [...table(sizes), '', ...beside]) console.log(line);
  for (const problem of problems) console.log(`MISSED: ${problem}`);
  if (problems.length === 0) console.log('Every goal was met.');
}

/** Each part has a process of its own, so that none has the memory or the warmth of another. */
async function measure(accounts: number, folder: string): Promise<SizeFacts> {
  const run = await factsOf<RunFacts>('run.ts', [String(accounts), folder]);
  const raw = await factsOf<RawFacts>('raw.ts', [folder]);
  return { run, raw };
}

async function measureCells(folder: string): Promise<readonly CellFacts[]> {
  const programs = await buildOfficial(folder);
  const measured: CellFacts[] = [];
  for (const organisations of orgCounts) {
    for (const accounts of accountCounts) {
      measured.push(await measureCell(accounts, organisations, programs, folder));
    }
  }
  return measured;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-bench-'));
  try {
    return await work(folder);
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
