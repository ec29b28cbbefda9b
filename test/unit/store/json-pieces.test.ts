import { expect, it } from 'vitest';
import { jsonPieces } from '../../../main/store/json-pieces.ts';

const long = Array.from({ length: 4500 }, (_, index) => [`u-${index}`, 'ü\n"']);

it.each([
  ['an object with long and empty lists', { a: 1, long, none: [], b: { c: [null] }, d: null }],
  ['an object without what is undefined', { a: undefined, b: 'x' }],
  ['nothing but undefined', { a: undefined }],
  ['an empty object', {}],
  ['a text', 'ü"'],
  ['a list', [1, [2]]],
  ['null', null],
])('what is written in pieces is the same JSON: %s', (_what, value) => {
  expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value));
});

it('a long list comes in several pieces', () => {
  expect([...jsonPieces({ long })].length).toBeGreaterThan(2);
});
