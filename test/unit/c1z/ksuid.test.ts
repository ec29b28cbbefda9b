import { expect, it } from 'vitest';
import { decodeKsuid, encodeKsuid, ksuid } from '../../../main/c1z/ksuid.ts';

// c1z-and-model.md §2.7
const GOLDEN = '3ARefY5G8eOytquwYgm41Nq07IZ';
const GOLDEN_BYTES = Buffer.from('1634d029a18c3c4504781bcc62674a433b69fc3b', 'hex');

it('writes the digits that the official library writes', () => {
  expect(encodeKsuid(GOLDEN_BYTES)).toBe(GOLDEN);
  expect(encodeKsuid(new Uint8Array(20))).toBe('000000000000000000000000000');
  expect(encodeKsuid(new Uint8Array(20).fill(0xff))).toBe('aWgEPTl1tmebfsQzFP4bxwgy80V');
});

it('reads them back', () => {
  expect(decodeKsuid(GOLDEN)).toEqual(GOLDEN_BYTES);
});

it('is made of a time and random bytes', () => {
  const made = ksuid(Date.UTC(2026, 2, 3, 17, 45, 13, 999), GOLDEN_BYTES.subarray(4));
  expect(made).toBe(GOLDEN);
});

it('sorts by time', () => {
  const random = new Uint8Array(16).fill(0xff);
  expect(ksuid(1_790_000_000_000, random) < ksuid(1_790_000_001_000, new Uint8Array(16))).toBe(
    true,
  );
});

it('is not what is too short, too large or has other digits', () => {
  for (const text of ['', GOLDEN.slice(1), `${GOLDEN}0`, 'z'.repeat(27), `${GOLDEN.slice(1)}-`]) {
    expect(decodeKsuid(text)).toBeNull();
  }
});
