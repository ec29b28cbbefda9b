import { describe, expect, it } from 'vitest';
import { say } from '../../../shared/language/say.ts';

describe('a text with a count', () => {
  it.each([
    [0, '0 people'],
    [1, '1 person'],
    [999, '999 people'],
    [1_234_567, `${(1_234_567).toLocaleString(undefined, { numberingSystem: 'latn' })} people`],
  ])('of %i is in the plural, and grouped as this computer groups', (count, words) => {
    expect(say('count.person', { count })).toBe(words);
  });
});
