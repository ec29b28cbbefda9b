import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { LedgerShelf } from '../c1/ledger.ts';
import { diskFailure } from '../store/disk.ts';
import { readPrivate, replacePrivate } from './private-file.ts';

/** The ledger of tasks in the state folder (product.md §6): ids and answers, for its owner alone. */
export class LedgerFile implements LedgerShelf {
  readonly #path: string;

  constructor(stateFolder: string) {
    this.#path = join(stateFolder, 'ledger.json');
  }

  read(): Promise<Result<string | null>> {
    return attempt(() => readPrivate(this.#path));
  }

  write(text: string): Promise<Result<void>> {
    return attempt(() => replacePrivate(this.#path, text));
  }

  setAside(): Promise<Result<void>> {
    return attempt(() => rename(this.#path, `${this.#path}.damaged`));
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await work());
  } catch (error) {
    return fail(diskFailure(error));
  }
}
