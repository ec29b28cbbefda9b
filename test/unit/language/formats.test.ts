import { afterEach, expect, it } from 'vitest';
import { dateFormat, inWords, pluralRules } from '../../../shared/language/formats.ts';

const { TZ } = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

it('makes each formatter once', () => {
  const day = () => dateFormat({ dateStyle: 'long' }, 'en-GB');
  expect(day()).toBe(day());
  expect(dateFormat({ dateStyle: 'long' }, 'de')).not.toBe(day());
  expect(dateFormat({ dateStyle: 'short' }, 'en-GB')).not.toBe(day());
  expect(pluralRules('en-GB')).toBe(pluralRules('en-GB'));
  expect(pluralRules('en-GB', { type: 'ordinal' })).not.toBe(pluralRules('en-GB'));
  expect(inWords(['a', 'b', 'c'])).toBe('a, b and c');
});

it('tells the time of where the computer is, also after a journey', () => {
  const noon = Date.UTC(2026, 0, 15, 12);
  const time = () => dateFormat({ timeStyle: 'short' }, 'en-GB').format(noon);
  process.env['TZ'] = 'Europe/London';
  expect(time()).toBe('12:00');
  process.env['TZ'] = 'Asia/Tokyo';
  expect(time()).toBe('21:00');
  process.env['TZ'] = 'Pacific/Auckland';
  expect(time()).toBe('01:00');
});

it('tells apart zones that differ in one half of the year alone', () => {
  const july = Date.UTC(2026, 6, 15, 12);
  const time = () => dateFormat({ timeStyle: 'short' }, 'en-GB').format(july);
  process.env['TZ'] = 'Africa/Abidjan';
  expect(time()).toBe('12:00');
  process.env['TZ'] = 'Europe/London';
  expect(time()).toBe('13:00');
});
