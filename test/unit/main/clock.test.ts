import { describe, expect, it } from 'vitest';
import { systemClock, systemRandom } from '../../../main/clock.ts';

describe('the computer’s clock', () => {
  const aDay = 24 * 3600_000;

  it('wakes at once when its signal aborts, and doesn’t sleep when it has', async () => {
    const stop = new AbortController();
    const slept = systemClock.sleep(aDay, stop.signal);
    stop.abort();
    await expect(slept).resolves.toBeUndefined();
    await expect(systemClock.sleep(aDay, stop.signal)).resolves.toBeUndefined();
  });

  it('wakes by itself', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined();
  });
});

describe('the computer’s randomness', () => {
  it('is as long as asked for, and never the same', () => {
    const [one, other] = [systemRandom.bytes(16), systemRandom.bytes(16)];
    expect(one).toHaveLength(16);
    expect(Buffer.from(one).equals(other)).toBe(false);
  });
});
