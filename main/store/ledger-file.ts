import { access, rename } from 'node:fs/promises';
import { z } from 'zod';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { Random, SecretStore } from '../ports.ts';
import { diskFailure } from './disk.ts';
import { SealedFile } from './sealed-file.ts';

/** The ledger's text, sealed with the data key (product.md §5). */
export class SealedLedgerFile {
  readonly #path: string;
  readonly #file: SealedFile<z.ZodString>;

  constructor(options: { path: string; secrets: SecretStore; random: Random }) {
    this.#path = options.path;
    this.#file = new SealedFile({ ...options, schema: z.string() });
  }

  /** The text, or null when there is none; one that this key doesn't open is set aside. */
  async read(): Promise<Result<string | null>> {
    const opened = await this.#file.read();
    if (!opened.ok || opened.value !== null) return opened;
    const there = await access(this.#path).then(
      () => 'yes',
      () => 'no',
    );
    const aside = there === 'yes' ? await this.setAside() : succeed();
    return aside.ok ? opened : aside;
  }

  write(text: string): Promise<Result<void>> {
    return this.#file.write(text);
  }

  /** Keeps a damaged file as `.damaged`, for support to look at. */
  async setAside(): Promise<Result<void>> {
    try {
      await rename(this.#path, `${this.#path}.damaged`);
      return succeed();
    } catch (error) {
      return fail(diskFailure(error));
    }
  }
}
