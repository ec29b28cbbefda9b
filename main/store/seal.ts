import { createCipheriv, createDecipheriv, type CipherGCM } from 'node:crypto';

/**
 * Seals bytes with AES-256-GCM: `[version 1][12-byte nonce][16-byte tag][ciphertext]`.
 * The purpose is bound in, so that one file can't be put in another's place.
 */
const VERSION = 1;
const TAG = 16;

export const KEY_LENGTH = 32;
export const NONCE_LENGTH = 12;

/** How long what stands before the ciphertext is. */
export const HEAD = 1 + NONCE_LENGTH + TAG;

/** Seals piece by piece. What stands before the pieces is known once the last one is sealed. */
export class Sealing {
  readonly #cipher: CipherGCM;
  readonly #nonce: Uint8Array;

  constructor(key: Uint8Array, nonce: Uint8Array, purpose: string) {
    this.#nonce = nonce;
    this.#cipher = createCipheriv('aes-256-gcm', key, nonce);
    this.#cipher.setAAD(Buffer.from(purpose));
  }

  add(plain: string | Uint8Array): Uint8Array {
    return typeof plain === 'string'
      ? this.#cipher.update(plain, 'utf8')
      : this.#cipher.update(plain);
  }

  /** Ends it; GCM leaves nothing over. */
  head(): Uint8Array {
    this.#cipher.final();
    return Buffer.concat([Buffer.of(VERSION), this.#nonce, this.#cipher.getAuthTag()]);
  }
}

/** The bytes that were sealed, or null when they were changed, cut, or sealed with another key or purpose. */
export function unseal(sealed: Uint8Array, key: Uint8Array, purpose: string): Uint8Array | null {
  if (sealed[0] !== VERSION || sealed.length < HEAD) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_LENGTH));
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_LENGTH, HEAD));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD)), decipher.final()]);
  } catch {
    return null;
  }
}
