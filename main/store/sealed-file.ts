import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { Random, SecretStore } from '../ports.ts';
import { diskFailure } from './disk.ts';
import { jsonPieces } from './json-pieces.ts';
import { HEAD, KEY_LENGTH, Sealing, unseal } from './seal.ts';

export const DATA_KEY = 'data-key';
const NONCE_LENGTH = 12;

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
    const stored = await this.#secrets.read(DATA_KEY);
    if (!stored.ok) return stored;
    const key = keyOf(stored.value);
    const sealed = await readIfThere(this.#path);
    if (!sealed.ok) return sealed;
    if (key === null || sealed.value === null) return succeed(null);
    const plain = unseal(sealed.value, key, this.#purpose);
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

  get #purpose(): string {
    return basename(this.#path);
  }

  async #replace(value: z.input<S>): Promise<Result<void>> {
    const key = await this.#dataKey();
    if (!key.ok) return key;
    const sealing = new Sealing(key.value, this.#random.bytes(NONCE_LENGTH), this.#purpose);
    const temporary = `${this.#path}.tmp`;
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(Buffer.alloc(HEAD));
        // A piece at a time, so that much of it doesn't block.
        for (const piece of jsonPieces(value)) await file.writeFile(sealing.add(piece));
        await file.write(sealing.head(), 0, HEAD, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
      return succeed();
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      return fail(diskFailure(error));
    }
  }

  async #dataKey(): Promise<Result<Uint8Array>> {
    if (this.#key !== undefined) return succeed(this.#key);
    const stored = await this.#secrets.read(DATA_KEY);
    if (!stored.ok) return stored;
    this.#key = keyOf(stored.value) ?? undefined;
    if (this.#key !== undefined) return succeed(this.#key);
    const made = this.#random.bytes(KEY_LENGTH);
    const written = await this.#secrets.write(DATA_KEY, Buffer.from(made).toString('base64'));
    if (!written.ok) return written;
    this.#key = made;
    return succeed(made);
  }
}

/** The data key of the keychain's entry; null when there is none or it can't be one. */
function keyOf(stored: string | null): Uint8Array | null {
  const key = Buffer.from(stored ?? '', 'base64');
  return key.length === KEY_LENGTH ? key : null;
}

/** The file's bytes, or null when there is no file. One that can't be read isn't an absent one. */
async function readIfThere(path: string): Promise<Result<Uint8Array | null>> {
  try {
    return succeed(await readFile(path));
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return absent ? succeed(null) : fail(diskFailure(error));
  }
}
