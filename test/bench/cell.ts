import { execFile } from 'node:child_process';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';
import { runsFor } from './goals.ts';
import type { OfficialPrograms } from './official.ts';
import { differenceOf } from './same.ts';
import { startXero, type XeroProcess } from './xero-process.ts';

/** What one whole run of a connector came to, from its start to its end. */
export interface Taken {
  readonly calls: number;
  readonly wallMs: number;
  /** Processor time of all its processes, of user and system. */
  readonly cpuMs: number;
  /** The most memory that all its processes held at once. */
  readonly peakBytes: number;
  readonly fileBytes: number;
}

/** Ours and the official SDK's syncer side by side: medians of runs in turn. */
export interface CellFacts {
  readonly organisations: number;
  readonly accounts: number;
  readonly runs: number;
  readonly ours: Taken;
  readonly official: Taken;
  /** In what the two files differ; null where they hold the same. */
  readonly difference: string | null;
}

const HEADLESS = join(ROOT, 'out/main/headless.js');
const run = promisify(execFile);

/** Measures what users run: the built command line against the built connector. */
export async function measureCell(
  accounts: number,
  organisations: number,
  { connector, measure }: OfficialPrograms,
  folder: string,
): Promise<CellFacts> {
  const xero = await startXero(accounts, organisations);
  const files = { ours: join(folder, 'ours.c1z'), official: join(folder, 'official.c1z') };
  const commands = {
    ours: [process.execPath, HEADLESS, 'sync', '--file', files.ours],
    official: [connector, '--storage-engine', 'sqlite', '--file', files.official],
  };
  const { warmUps, counted } = runsFor(accounts);
  const taken: Record<keyof typeof files, Taken[]> = { ours: [], official: [] };
  try {
    for (let round = 0; round < warmUps + counted; round += 1) {
      for (const who of ['ours', 'official'] as const) {
        await rm(files[who], { force: true });
        const once = await take(measure, commands[who], files[who], xero);
        if (round >= warmUps) taken[who].push(once);
      }
    }
  } finally {
    xero.stop();
  }
  return {
    organisations,
    accounts,
    runs: counted,
    ours: medians(taken.ours),
    official: medians(taken.official),
    difference: await differenceOf(files.official, files.ours),
  };
}

const Measured = z.object({
  wallMs: z.number(),
  cpuMs: z.number(),
  peakBytes: z.number(),
  exitCode: z.literal(0),
});

async function take(
  measure: string,
  command: readonly string[],
  file: string,
  xero: XeroProcess,
): Promise<Taken> {
  // Nothing of this machine's own: no proxy, no authority, no credential.
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TMPDIR: tmpdir(),
    BATON_TOKEN: 'token',
    XERO_API_URL: xero.address,
    BATON_XERO_API_URL: xero.address,
  };
  await xero.calls();
  const { stdout } = await run(measure, command, { env });
  const { wallMs, cpuMs, peakBytes } = Measured.parse(JSON.parse(stdout));
  return {
    calls: await xero.calls(),
    wallMs,
    cpuMs,
    peakBytes,
    fileBytes: (await stat(file)).size,
  };
}

function medians(runs: readonly Taken[]): Taken {
  const median = (of: (run: Taken) => number): number => {
    const values = runs.map(of).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? NaN;
  };
  return {
    calls: median(({ calls }) => calls),
    wallMs: median(({ wallMs }) => wallMs),
    cpuMs: median(({ cpuMs }) => cpuMs),
    peakBytes: median(({ peakBytes }) => peakBytes),
    fileBytes: median(({ fileBytes }) => fileBytes),
  };
}
