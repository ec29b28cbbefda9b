import { describe, expect, it } from 'vitest';
import { pace, relativeTime, span } from '../../../renderer/parts/time.ts';

const NOW = Date.UTC(2026, 10, 23, 14, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('A moment seen from now', () => {
  it.each([
    [NOW, 'just now'],
    [NOW - 44 * SECOND, 'just now'],
    [NOW - 46 * SECOND, '1 min ago'],
    [NOW - 12 * MINUTE, '12 min ago'],
    [NOW - 59 * MINUTE, '59 min ago'],
    [NOW - 60 * MINUTE, '1 hour ago'],
    [NOW - 23 * HOUR, '23 hours ago'],
    [NOW - 24 * HOUR, '1 day ago'],
    [NOW - 50 * HOUR, '2 days ago'],
    [NOW + 4 * MINUTE, 'in 4 min'],
    [NOW + 9 * HOUR, 'in 9 hours'],
  ])('is told in its largest unit (%#)', (at, words) => {
    expect(relativeTime(at, NOW)).toBe(words);
  });

  it('spells minutes out within a sentence', () => {
    expect(relativeTime(NOW - 12 * MINUTE, NOW, 'long')).toBe('12 minutes ago');
    expect(relativeTime(NOW - MINUTE, NOW, 'long')).toBe('1 minute ago');
  });

  it('isn’t in the future because the snapshot is a little ahead of the ticking clock', () => {
    expect(relativeTime(NOW + 4 * SECOND, NOW)).toBe('just now');
  });

  it('never says sixty minutes or twenty-four hours', () => {
    expect(span(59.6 * MINUTE)).toBe('1 hour');
    expect(span(23.6 * HOUR)).toBe('1 day');
  });
});

describe('A measured pace', () => {
  it.each([
    [HOUR, 'every hour'],
    [HOUR - 20 * SECOND, 'every hour'],
    [63 * MINUTE, 'every hour'],
    [30 * MINUTE + 12 * SECOND, 'every 30 min'],
    [90 * MINUTE, 'every 90 min'],
    [2 * HOUR, 'every 2 hours'],
    [DAY - 3 * MINUTE, 'every day'],
    [2 * DAY, 'every 2 days'],
    [3 * MINUTE, 'every 3 min'],
    [5 * SECOND, 'every 1 min'],
  ])('is rounded to how people say it (%#)', (ms, words) => {
    expect(pace(ms)).toBe(words);
  });
});
