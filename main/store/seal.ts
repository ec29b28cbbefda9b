import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Seals bytes with AES-256-GCM: `[version 1][12-byte nonce][16-byte tag][ciphertext]`.
 * The purpose is bound in, so that one file can't be put in another's place.
 */
const VERSION = 1;
const NONCE = 12;
const TAG = 16;

export const KEY_LENGTH = 32;

export function seal(
  plain: Uint8Array,
  key: Uint8Array,
  nonce: Uint8Array,
  purpose: string,
): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
}

/** The bytes that were sealed, or null when they were changed, cut, or sealed with another key or purpose. */
export function unseal(sealed: Uint8Array, key: Uint8Array, purpose: string): Uint8Array | null {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE + TAG) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE));
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
