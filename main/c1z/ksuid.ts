/** KSUID: 27 base-62 digits of 20 bytes, which sort by time (c1z-and-model.md §2.7). */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 27;
const BYTES = 20;
/** Seconds between 1970 and the KSUID's own year zero. */
const EPOCH = 1_400_000_000;
const KSUID = /^[0-9A-Za-z]{27}$/;

/** Makes the id of a sync begun at `at` (milliseconds since 1970) of 16 random bytes. */
export function ksuid(at: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeUInt32BE(Math.floor(at / 1000) - EPOCH);
  bytes.set(random.subarray(0, BYTES - 4), 4);
  return encodeKsuid(bytes);
}

/** The 27 digits of 20 bytes. */
export function encodeKsuid(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  while (rest > 0n) {
    text = DIGITS.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text.padStart(LENGTH, '0');
}

/** The 20 bytes behind a KSUID, or null when the text isn't one. */
export function decodeKsuid(text: string): Uint8Array | null {
  if (!KSUID.test(text)) return null;
  const value = Array.from(text, (digit) => BigInt(DIGITS.indexOf(digit))).reduce(
    (sum, digit) => sum * 62n + digit,
    0n,
  );
  const hex = value.toString(16).padStart(2 * BYTES, '0');
  return hex.length > 2 * BYTES ? null : Buffer.from(hex, 'hex');
}
