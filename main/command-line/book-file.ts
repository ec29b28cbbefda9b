import { join } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { Book } from '../requests/records.ts';
import type { BookShelf } from '../requests/surroundings.ts';
import { diskFailure } from '../store/disk.ts';
import { readPrivate, replacePrivate } from './private-file.ts';

/** Requests that wait, in the state folder for its owner alone: they name people, as C1's tasks do. */
export class BookFile implements BookShelf {
  readonly #path: string;

  constructor(stateFolder: string) {
    this.#path = join(stateFolder, 'requests.json');
  }

  /** A file that is none of ours, or torn, holds nothing: C1 asks again for what it still waits for. */
  async read(): Promise<Result<Book | null>> {
    try {
      const text = await readPrivate(this.#path);
      return succeed(text === null ? null : bookOf(text));
    } catch (error) {
      return fail(diskFailure(error));
    }
  }

  async write(book: Book): Promise<Result<void>> {
    try {
      await replacePrivate(this.#path, JSON.stringify(book));
      return succeed();
    } catch (error) {
      return fail(diskFailure(error));
    }
  }
}

/** Where no folder is named: a restart forgets what waited. */
export const noShelf: BookShelf = {
  read: () => Promise.resolve(succeed(null)),
  write: () => Promise.resolve(succeed()),
};

function bookOf(text: string): Book | null {
  try {
    return Book.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
