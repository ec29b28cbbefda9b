import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { Random, SecretStore } from '../ports.ts';
import { haveDataKey, readDataKey } from './data-key.ts';
import { diskFailure } from './disk.ts';
import { jsonPieces } from './json-pieces.ts';
import { replaceFile } from './replace-file.ts';
import { HEAD, NONCE_LENGTH, Sealing, unseal } from './seal.ts';

/**
 * One value of personal data on disk, sealed with the data key of the keychain
 * (product.md §5). Replaced atomically: a reader finds the old value or the new.
 */
export class SealedFile<S extends z.ZodType> {
  readonly #path: string;
  readonly #schema: S;
  readonly #secrets: SecretStore;
  readonly #random: Random;
  #writing: Promise<unknown> = Promise.resolve();
  #key: Uint8Array | undefined;

  constructor(options: { path: string; schema: S; secrets: SecretStore; random: Random }) {
    this.#path = options.path;
    this.#schema = options.schema;
    this.#secrets = options.secrets;
    this.#random = options.random;
  }

  /** The value, or null when there is none that this installation's key opens. */
  async read(): Promise<Result<z.output<S> | null>> {
    const key = await readDataKey(this.#secrets);
    if (!key.ok) return key;
    const sealed = await readIfThere(this.#path);
    if (!sealed.ok) return sealed;
    if (key.value === null || sealed.value === null) return succeed(null);
    const plain = unsealFrom(this.#path, key.value, sealed.value);
    if (plain === null) return succeed(null);
    const parsed = this.#schema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return succeed(parsed.success ? parsed.data : null);
  }

  /** Writes one after the other, in the order asked for. */
  write(value: z.input<S>): Promise<Result<void>> {
    const written = this.#writing.then(() => this.#replace(value));
    this.#writing = written;
    return written;
  }

  async #replace(value: z.input<S>): Promise<Result<void>> {
    const key = await this.#dataKey();
    if (!key.ok) return key;
    return await sealInto(this.#path, key.value, this.#random, jsonPieces(value));
  }

  async #dataKey(): Promise<Result<Uint8Array>> {
    if (this.#key !== undefined) return succeed(this.#key);
    const key = await haveDataKey(this.#secrets, this.#random);
    if (key.ok) this.#key = key.value;
    return key;
  }
}

/** Seals the pieces into the file, in place of what it held. Its name is bound in. */
export async function sealInto(
  path: string,
  key: Uint8Array,
  random: Random,
  pieces: Iterable<string | Uint8Array>,
): Promise<Result<void>> {
  const sealing = new Sealing(key, random.bytes(NONCE_LENGTH), purposeOf(path));
  return await replaceFile(path, async (file) => {
    await file.writeFile(Buffer.alloc(HEAD));
    // A piece at a time, so that much of it doesn't block.
    for (const piece of pieces) await file.writeFile(sealing.add(piece));
    await file.write(sealing.head(), 0, HEAD, 0);
  });
}

/** What the file sealed with this key holds, or null when it was changed, cut, or sealed otherwise. */
export function unsealFrom(path: string, key: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  return unseal(sealed, key, purposeOf(path));
}

/** So that one file can't be put in another's place. */
function purposeOf(path: string): string {
  return basename(path);
}

/** The file's bytes, or null when there is no file. One that can't be read isn't an absent one. */
export async function readIfThere(path: string): Promise<Result<Uint8Array | null>> {
  try {
    return succeed(await readFile(path));
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return absent ? succeed(null) : fail(diskFailure(error));
  }
}
