import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../../main/command-line/instance-lock.ts';
import { systemClock, systemRandom } from '../../../main/clock.ts';
import { KeptLog } from '../c1/quiet.ts';
import { failureOf, valueOf } from '../results.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = () => join(folder, 'token.json.lock');
/** Time passes at once here, and beats come when a test says so. */
function take(pid: number, running: readonly number[], onSleep = () => Promise.resolve()) {
  return takeLock(
    { path: path(), what: 'The token file' },
    {
      clock: {
        now: () => systemClock.now(),
        sleep: (_ms, signal) =>
          signal === never
            ? onSleep()
            : new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
      },
      random: systemRandom,
      log: new KeptLog(),
      pid,
      hostname: 'here',
      isRunning: (other) => running.includes(other),
    },
    never,
  );
}

describe('the lock of a token file', () => {
  it('refuses a second process while the first one beats, and says who holds it', async () => {
    const first = valueOf(await take(11, [11]));
    const beat = () =>
      writeFile(path(), JSON.stringify({ id: 'x', pid: 11, host: 'here', since: 'then' }));
    const failure = failureOf(await take(12, [11, 12], beat));
    expect(failure).toMatchObject({ code: 'inUse' });
    expect(failure.message).toContain('process 11 on here');
    expect(await first.isHeld()).toBe(false);
    await first.release();
  });

  it('is let go, so that the next one has it', async () => {
    await valueOf(await take(11, [11])).release();
    expect(await readdir(folder)).toEqual([]);
    await valueOf(await take(12, [12])).release();
  });

  it('is taken over from a process that died, and from one that beats no more', async () => {
    const dead = valueOf(await take(11, [11]));
    const second = valueOf(await take(12, [12]));
    expect(await dead.isHeld()).toBe(false);
    const third = valueOf(await take(13, [12, 13]));
    expect([await second.isHeld(), await third.isHeld()]).toEqual([false, true]);
    await Promise.all([dead, second, third].map((lock) => lock.release()));
    expect(await readdir(folder)).toEqual([]);
  });
});
