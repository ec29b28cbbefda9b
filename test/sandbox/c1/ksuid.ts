import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const EPOCH_SECONDS = 1_400_000_000;

/** 27 base-62 characters of 20 bytes: seconds since 2014-05-13, then 16 random ones (c1z-and-model.md §2.7). */
export function ksuid(now: number): string {
  const seconds = Math.floor(now / 1000) - EPOCH_SECONDS;
  let value = (BigInt(seconds) << 128n) | BigInt(`0x${randomBytes(16).toString('hex')}`);
  let text = '';
  while (text.length < 27) {
    text = ALPHABET.charAt(Number(value % 62n)) + text;
    value /= 62n;
  }
  return text;
}
