import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Sealing, unseal } from '../../../main/store/seal.ts';

const key = randomBytes(32);
const nonce = randomBytes(12);
const plain = 'Ana Reyes is subscriber of Harbour Books';
const sealed = seal(plain.slice(0, 9), plain.slice(9));

function seal(...pieces: readonly string[]): Uint8Array {
  const sealing = new Sealing(key, nonce, 'memory.sealed');
  const ciphertext = pieces.map((piece) => sealing.add(piece));
  return Buffer.concat([sealing.head(), ...ciphertext]);
}

describe('sealed bytes', () => {
  it('open with the same key for the same purpose', () => {
    expect(Buffer.from(unseal(sealed, key, 'memory.sealed') ?? []).toString()).toBe(plain);
  });

  it('may be none at all', () => {
    expect(unseal(seal(), key, 'memory.sealed')).toHaveLength(0);
  });

  it('show nothing of what they hold', () => {
    expect(Buffer.from(sealed).includes('Reyes')).toBe(false);
  });

  it('stay shut for another key', () => {
    expect(unseal(sealed, randomBytes(32), 'memory.sealed')).toBeNull();
  });

  it('stay shut for a key of the wrong length', () => {
    expect(unseal(sealed, key.subarray(1), 'memory.sealed')).toBeNull();
  });

  it('stay shut in another file’s place', () => {
    expect(unseal(sealed, key, 'history.sealed')).toBeNull();
  });

  it('stay shut when any one bit of them was changed', () => {
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(unseal(changed, key, 'memory.sealed'), `byte ${index}`).toBeNull();
    }
  });

  it('stay shut when they were torn off anywhere', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(unseal(sealed.subarray(0, length), key, 'memory.sealed'), `${length}`).toBeNull();
    }
  });
});
