import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';
import { inThread } from '../../main/c1z/worker-run.ts';
import { WorkerWriter } from '../../main/c1z/worker-writer.ts';
import type { AccessWriter } from '../../main/c1z/writer.ts';
import { systemClock, systemRandom } from '../../main/clock.ts';
import { Looks } from '../../main/connector/looks.ts';
import { Remembering } from '../../main/connector/remembering.ts';
import { defaultSettings } from '../../main/connector/settings.ts';
import { initialSnapshot } from '../../main/connector/state.ts';
import { StateHolder } from '../../main/connector/state-holder.ts';
import { writeSync } from '../../main/connector/sync.ts';
import { createNetwork } from '../../main/network.ts';
import type { Log } from '../../main/ports.ts';
import { XeroApi } from '../../main/xero/api.ts';
import { Governor } from '../../main/xero/governor.ts';
import { XeroReader } from '../../main/xero/reader.ts';
import { succeed, type Result } from '../../shared/errors.ts';
import { MemorySettings } from '../unit/connector/memory-settings.ts';
import { MemorySecrets } from '../unit/store/memory-secrets.ts';
import { ORGANISATIONS } from './goals.ts';
import { Stretches, type Stretch } from './stretches.ts';
import { startXero } from './xero-process.ts';

/**
 * One size in a process of its own, `run.ts <accounts> <folder>`: the desktop's look and C1's sync,
 * with all parts but the two clouds real. Sends what it came to.
 */

export interface RunFacts {
  readonly accounts: number;
  readonly grants: number;
  readonly fileBytes: number;
  /** From the order to the file, worker and model included. */
  readonly writeMs: number;
  /** Processor time of all but the main thread. */
  readonly writeCpuMs: number;
  /** Of the whole process: before the sync's write, and at the end with the writer's thread. */
  readonly rssBytes: { readonly before: number; readonly peak: number };
  /** The most that the main thread's own heap held. */
  readonly heapBytes: number;
  readonly stretches: Readonly<Record<string, Stretch>>;
  /** Which part of the time the main thread waited for a processor, from 0 to 1. */
  readonly waitedShare: number;
}

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const [accounts = '', folder = ''] = process.argv.slice(2);
const xero = await startXero(Number(accounts), ORGANISATIONS);
try {
  process.send?.(await run(xero.address, folder));
} finally {
  xero.stop();
}
process.disconnect();

async function run(xeroApi: string, folder: string): Promise<RunFacts> {
  const signal = new AbortController().signal;
  const writer = new WorkerWriter(
    inThread(pathToFileURL(join(ROOT, 'out/main/c1z-worker.js'))),
    systemClock,
  );
  const { looks, memory } = desktop(xeroApi, folder, writer, await organisationIds(xeroApi));
  // Loaded once in the life of the program, whatever the size.
  await import('xero-node/dist/gen/api/accountingApi.js');
  const stretches = new Stretches();
  stretches.begin('look');
  valueOf(await looks.look('look', signal));
  stretches.begin('remember');
  valueOf(await memory.write('beginAnew'));
  stretches.begin('look again');
  const looked = await looks.look('c1', signal);
  const rss = process.resourceUsage().maxRSS * 1024;
  stretches.begin('write');
  const cpu = process.cpuUsage();
  const mainBefore = stretches.ranMs;
  const start = performance.now();
  const written = valueOf(
    await writeSync(
      {
        look: () => Promise.resolve(looked),
        writer,
        folder,
        clock: systemClock,
        random: systemRandom,
        log: quiet,
        onState: () => undefined,
        onUploaded: () => undefined,
      },
      join(folder, 'sync.c1z'),
      signal,
    ),
  );
  const writeMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const mainMs = stretches.ranMs - mainBefore;
  return {
    accounts: written.counts.accounts,
    grants: written.counts.grants,
    fileBytes: written.bytes,
    writeMs,
    writeCpuMs: (user + system) / 1000 - mainMs,
    rssBytes: { before: rss, peak: process.resourceUsage().maxRSS * 1024 },
    waitedShare: stretches.waitedShare,
    stretches: stretches.end(),
    heapBytes: stretches.heapBytes,
  };
}

/** The desktop's look and memory, signed in once for all organisations. */
function desktop(
  xeroApi: string,
  folder: string,
  writer: AccessWriter,
  governed: readonly string[],
) {
  const network = createNetwork(undefined);
  const none = xeroApi;
  const endpoints = { xeroApi, xeroIdentity: none, xeroLogin: none, c1ApiHost: undefined };
  const reader = new XeroReader({
    api: new XeroApi(endpoints, network),
    tokens: {
      accessToken: () => Promise.resolve(succeed('token')),
      discard: () => undefined,
    },
    governor: new Governor({ clock: systemClock, random: systemRandom }),
    clock: systemClock,
    random: systemRandom,
    log: quiet,
  });
  const settings = new MemorySettings({
    ...defaultSettings('00000000-0000-4000-8000-000000000000'),
    governed: [...governed],
  });
  const state = new StateHolder(
    initialSnapshot({ name: '', version: '', runtime: '', platform: 'linux', sandbox: true }),
  );
  const signIns = {
    reaches: [{ signInId: 'bench', reader }],
    found: () => undefined,
    kept: [],
    restore: () => undefined,
  };
  const history = { record: () => undefined };
  const parts = {
    history,
    clock: systemClock,
    random: systemRandom,
    log: quiet,
    settings,
    state,
    signIns,
  };
  const memory = new Remembering({ ...parts, folder, secrets: new MemorySecrets() });
  return { memory, looks: new Looks({ ...parts, memory, writer, onWhole: () => undefined }) };
}

async function organisationIds(xeroApi: string): Promise<readonly string[]> {
  const answer: unknown = await (await fetch(`${xeroApi}/connections`)).json();
  return z
    .array(z.object({ tenantId: z.string() }))
    .parse(answer)
    .map(({ tenantId }) => tenantId);
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.message} ${result.failure.detail ?? ''}`);
  return result.value;
}
