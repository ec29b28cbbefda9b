import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser } from '../../e2e/browser.ts';
import { doMainJob } from '../../e2e/main-job.ts';
import { RealApp } from '../../e2e/real-app.ts';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { framesOfBare, framesOfOurs } from './frames.ts';
import { ACCOUNTS, IDLE_MS, POLL_MS, SETTLE_MS, STARTS } from './goals.ts';
import { memoryOf, processorTimeOf } from './processes.ts';
import { BARE, OURS, startApp, type StartedApp } from './start.ts';
import { appTable, missedByApp, type AppFacts } from './table.ts';

/**
 * `npm run bench:app`: the built app beside a bare Electron of the same runtime, in turn, on a desktop
 * of its own. Prints a table, and exits with 1, saying why, when a goal is missed.
 */

interface Contestant {
  readonly folder: string;
  readonly profile: string;
  readonly env: Readonly<Record<string, string>>;
}
type Both<T> = Readonly<Record<'ours' | 'bare', T>>;

const sandbox = await startSandbox({ orgs: 1, users: ACCOUNTS });
const bareProfile = await mkdtemp(join(tmpdir(), 'c1-xero-bench-bare-'));
const app = await RealApp.open(sandbox.env);
try {
  await signedIn(app, sandbox);
  const alone = await measure({
    ours: { folder: OURS, profile: app.profile, env: sandbox.env },
    bare: { folder: BARE, profile: bareProfile, env: {} },
  });
  const frames = { ours: await framesOfOurs(), bare: await framesOfBare(bareProfile) };
  const facts = { ...alone, frames };
  const load = loadavg().map((each) => each.toFixed(1));
  for (const line of appTable(facts)) console.log(line);
  console.log(`The machine’s load over the last 1, 5 and 15 minutes: ${load.join(', ')}`);
  const problems = missedByApp(facts);
  for (const problem of problems) console.log(`MISSED: ${problem}`);
  if (problems.length === 0) console.log('Every goal was met.');
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await app.close();
  await rm(bareProfile, { recursive: true, force: true });
  await sandbox.close();
}

/** The app's first run and first sync, by a person's hand. */
async function signedIn(app: RealApp, sandbox: Sandbox): Promise<void> {
  const browser = await openBrowser();
  try {
    await doMainJob({ app, browser, sandbox, say: () => undefined });
    await app.quit();
  } finally {
    await browser.close();
  }
}

async function measure(both: Both<Contestant>): Promise<Omit<AppFacts, 'frames'>> {
  const [tray, window] = [times(), times()];
  for (let round = 0; round <= STARTS; round += 1) {
    for (const who of ['ours', 'bare'] as const) {
      const started = start(both[who], []);
      const reached = await Promise.all([started.reached('tray'), started.reached('window')]);
      await started.quit();
      // The first start of each warms the disk.
      if (round === 0) continue;
      tray[who].push(reached[0]);
      window[who].push(reached[1]);
    }
  }
  const shown = await each(both, [], 'window', settledMemory);
  const hidden = await each(both, ['--hidden'], 'tray', async (started) => {
    const memory = await settledMemory(started);
    const polling = await idleShare(started);
    sandbox.c1.faults.nextPollMs = POLL_MS;
    // Until the answer to the poll before has brought the new pace.
    await pause(SETTLE_MS);
    const idle = await idleShare(started);
    sandbox.c1.faults.nextPollMs = undefined;
    return { memory, polling, idle };
  });
  return {
    figures: {
      tray: { ours: median(tray.ours), bare: median(tray.bare) },
      window: { ours: median(window.ours), bare: median(window.bare) },
      memoryTray: { ours: hidden.ours.memory, bare: hidden.bare.memory },
      memoryWindow: shown,
    },
    idle: { ours: hidden.ours.idle, bare: hidden.bare.idle },
    polling: hidden.ours.polling,
  };
}

function start({ folder, profile, env }: Contestant, args: readonly string[]): StartedApp {
  return startApp(folder, profile, env, args);
}

/** Starts ours, takes one more sync of it, measures; then the bare one. */
async function each<T>(
  both: Both<Contestant>,
  args: readonly string[],
  until: 'tray' | 'window',
  work: (started: StartedApp) => Promise<T>,
): Promise<Both<T>> {
  const one = async (who: keyof typeof both): Promise<T> => {
    const started = start(both[who], args);
    try {
      await started.reached(until);
      if (who === 'ours') {
        const task = sandbox.c1.enqueue('sync_full');
        await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
      }
      return await work(started);
    } finally {
      await started.quit();
    }
  };
  return { ours: await one('ours'), bare: await one('bare') };
}

async function settledMemory({ pid }: StartedApp): Promise<number> {
  await pause(SETTLE_MS);
  return memoryOf(pid);
}

async function idleShare({ pid }: StartedApp): Promise<number> {
  const before = await processorTimeOf(pid);
  await pause(IDLE_MS);
  return ((await processorTimeOf(pid)) - before) / IDLE_MS;
}

function times(): Both<number[]> {
  return { ours: [], bare: [] };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
