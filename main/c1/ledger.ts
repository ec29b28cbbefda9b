import { succeed, type Result } from '../../shared/errors.ts';
import type { Clock, Log } from '../ports.ts';
import { ledgerText, parseLedger, type LedgerEntry } from './ledger-text.ts';
import { isFinal, type TaskOutcome } from './task.ts';

/** Remembers how the tasks of one C1 ended, so that each gets its answer, and always the same. */
export interface TaskLedger {
  /** The known answer, or undefined when the task may run. */
  find(taskId: string): Promise<LedgerEntry | undefined>;
  /** Stores an answer before it is sent. */
  keep(taskId: string, outcome: TaskOutcome): Promise<void>;
  /** C1's acknowledgement is there, or isn't waited for any more: a final answer stays for seven days. */
  settle(taskId: string): Promise<void>;
  /** The task may run anew. */
  forget(taskId: string): Promise<void>;
  /** Answers of which nobody knows whether C1 has them, oldest first. */
  undelivered(): Promise<readonly LedgerEntry[]>;
}

/** Where the ledger's text lies between runs: a plain file or a sealed one. */
export interface LedgerShelf {
  /** The text written last; null when there is none. */
  read(): Promise<Result<string | null>>;
  /** Replaces the text, whole or not at all; resolves once that is durable. */
  write(text: string): Promise<Result<void>>;
  /** Keeps a text that nobody understands out of the way of the next one. */
  setAside(): Promise<Result<void>>;
}

const LIFE = 7 * 24 * 3600 * 1000;
/** A C1 that hands out tasks without end can't fill the disk: the oldest answers go first. */
const MOST_ENTRIES = 5000;

/**
 * What is known of tasks, kept across restarts and crashes (product.md §8): successes and final
 * errors for seven days, an error that may be tried again until C1 has it.
 */
export class Ledger {
  readonly #shelf: LedgerShelf;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #entries = new Map<string, LedgerEntry>();
  #loaded = false;
  #loading: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #nextWrite: Promise<void> | undefined;

  constructor(options: { shelf: LedgerShelf; clock: Clock; log: Log }) {
    this.#shelf = options.shelf;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** The part of it that concerns one C1, named by its host. */
  of(peer: string): TaskLedger {
    const key = (taskId: string) => `${peer} ${taskId}`;
    return {
      find: async (taskId) => {
        await this.#ready();
        return this.#entries.get(key(taskId));
      },
      keep: async (taskId, outcome) => {
        await this.#ready();
        const since = this.#clock.now();
        this.#put(key(taskId), { peer, taskId, outcome, delivery: 'pending', since });
        await this.#save();
      },
      settle: async (taskId) => {
        await this.#ready();
        const entry = this.#entries.get(key(taskId));
        this.#entries.delete(key(taskId));
        if (entry !== undefined && isFinal(entry.outcome)) {
          this.#put(key(taskId), { ...entry, delivery: 'settled', since: this.#clock.now() });
        }
        await this.#save();
      },
      forget: async (taskId) => {
        await this.#ready();
        if (this.#entries.delete(key(taskId))) await this.#save();
      },
      undelivered: async () => {
        await this.#ready();
        return [...this.#entries.values()].filter(
          (entry) => entry.peer === peer && entry.delivery === 'pending',
        );
      },
    };
  }

  /** Inserts last, so that the map's order is that of age. */
  #put(key: string, entry: LedgerEntry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MOST_ENTRIES) break;
      this.#entries.delete(oldest);
    }
  }

  async #ready(): Promise<void> {
    if (!this.#loaded) {
      this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
      await this.#loading;
    }
    const oldest = this.#clock.now() - LIFE;
    for (const [key, { since }] of this.#entries) {
      if (since <= oldest) this.#entries.delete(key);
    }
  }

  /** A shelf that can't be read yet (a locked keychain) is tried again next time, and not written meanwhile. */
  async #load(): Promise<void> {
    const stored = await this.#shelf.read();
    if (!stored.ok) {
      this.#log.warn('c1.ledger.unread', { code: stored.failure.code });
      return;
    }
    const entries = stored.value === null ? [] : parseLedger(stored.value);
    if (entries === undefined) {
      const aside = await this.#shelf.setAside();
      this.#log.error('c1.ledger.damaged', { setAside: aside.ok });
    }
    const newer = [...this.#entries];
    this.#entries.clear();
    for (const entry of entries ?? []) this.#put(`${entry.peer} ${entry.taskId}`, entry);
    for (const [key, entry] of newer) this.#put(key, entry);
    this.#loaded = true;
  }

  /** Changes that come while a write is under way share the next one. */
  #save(): Promise<void> {
    this.#nextWrite ??= this.#writing.then(() => {
      this.#nextWrite = undefined;
      return this.#write();
    });
    this.#writing = this.#nextWrite;
    return this.#nextWrite;
  }

  /** An answer that can't be stored is sent all the same. */
  async #write(): Promise<void> {
    if (!this.#loaded) return;
    const written = await this.#shelf.write(ledgerText(this.#entries.values()));
    if (!written.ok) this.#log.error('c1.ledger.notKept', { code: written.failure.code });
  }
}

/** A ledger that lasts as long as the process. */
export class MemoryLedger extends Ledger {
  constructor(clock: Clock) {
    const kept = () => Promise.resolve(succeed());
    const shelf = { read: () => Promise.resolve(succeed(null)), write: kept, setAside: kept };
    super({ shelf, clock, log: silent });
  }
}

const nothing = () => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
