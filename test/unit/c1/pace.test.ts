import { expect, it } from 'vitest';
import { backOff, heartbeatPause, pollPause } from '../../../main/c1/pace.ts';
import { steady } from './quiet.ts';

const low = { ...steady, fraction: () => 0 };
const high = { ...steady, fraction: () => 0.999_999 };

it.each([
  [undefined, false, 1050],
  [0, false, 1050],
  [-5000, false, 1050],
  [500, false, 1050],
  [Number.NaN, false, 1050],
  [Number.NEGATIVE_INFINITY, false, 1050],
  [60_000, false, 60_000],
  [600_000, false, 285_000],
  [Number.POSITIVE_INFINITY, false, 285_000],
  [undefined, true, 0],
  [0, true, 0],
  [-5000, true, 0],
  [2000, true, 2000],
])('C1’s wish to be polled in %s ms (new task: %s) becomes %i ms', (wish, hadTask, pause) => {
  expect(pollPause(wish, hadTask, steady)).toBe(pause);
});

it('polls spread by a tenth, without leaving the bounds', () => {
  expect(pollPause(100_000, false, low)).toBe(90_000);
  expect(pollPause(100_000, false, high)).toBe(110_000);
  expect(pollPause(300_000, false, low)).toBe(270_000);
  expect(pollPause(300_000, false, high)).toBe(300_000);
  expect(pollPause(1000, false, low)).toBe(1000);
  expect(pollPause(1000, false, high)).toBe(1100);
});

it('after failures in a row the wait grows by squares up to a minute, and spreads by a tenth', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map((failures) => backOff(failures, steady));
  expect(waits).toEqual([1, 4, 9, 16, 25, 36, 49, 60, 60, 60].map((seconds) => seconds * 1000));
  expect(backOff(8, low)).toBe(54_000);
  expect(backOff(8, high)).toBe(66_000);
});

it.each([
  [undefined, 30_000],
  [0, 30_000],
  [-1, 1000],
  [Number.NaN, 1000],
  [Number.POSITIVE_INFINITY, 300_000],
  [1, 1000],
  [10_000, 10_000],
  [900_000, 300_000],
])('C1’s wish for a heartbeat in %s ms becomes %i ms', (wish, pause) => {
  expect(heartbeatPause(wish)).toBe(pause);
});
