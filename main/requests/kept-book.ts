import type { Log } from '../ports.ts';
import { EMPTY, type Book } from './records.ts';
import type { BookShelf } from './surroundings.ts';

/** The inbox in memory, and on its shelf: changes that come while a write is under way share the next one. */
export class KeptBook {
  readonly #shelf: BookShelf;
  readonly #log: Log;
  #book = EMPTY;
  #loaded = false;
  #loading: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #nextWrite: Promise<void> | undefined;

  constructor({ shelf, log }: { shelf: BookShelf; log: Log }) {
    this.#shelf = shelf;
    this.#log = log;
  }

  get now(): Book {
    return this.#book;
  }

  /** Reads what an earlier run left; one that can't be read yet, as a locked keychain's, is tried again next time. */
  async ready(): Promise<void> {
    if (this.#loaded) return;
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    await this.#loading;
  }

  /** Puts these parts in place of those before. Resolves once that is durable, or couldn't be made so. */
  change(parts: Partial<Book>): Promise<void> {
    this.#book = { ...this.#book, ...parts };
    return this.#save();
  }

  async #load(): Promise<void> {
    const stored = await this.#shelf.read();
    if (!stored.ok) {
      this.#log.warn('requests.unread', { code: stored.failure.code });
      return;
    }
    const before = stored.value ?? EMPTY;
    const { tasks, requests, rises } = this.#book;
    this.#book = {
      version: 1,
      tasks: [
        ...before.tasks.filter((task) => !tasks.some((each) => isSame(task, each))),
        ...tasks,
      ],
      requests: [...before.requests, ...requests],
      rises: [...before.rises, ...rises],
    };
    this.#loaded = true;
  }

  #save(): Promise<void> {
    this.#nextWrite ??= this.#writing.then(() => {
      this.#nextWrite = undefined;
      return this.#write();
    });
    this.#writing = this.#nextWrite;
    return this.#nextWrite;
  }

  async #write(): Promise<void> {
    if (!this.#loaded) return;
    const written = await this.#shelf.write(this.#book);
    if (!written.ok) this.#log.error('requests.notKept', { code: written.failure.code });
  }
}

interface TaskName {
  readonly id: string;
  readonly peer: string;
}

/** One C1's ids mean nothing to another. */
export function isSame(one: TaskName, other: TaskName): boolean {
  return one.id === other.id && one.peer === other.peer;
}
