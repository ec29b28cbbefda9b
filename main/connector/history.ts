import { join } from 'node:path';
import { succeed, type Failure, type Result } from '../../shared/errors.ts';
import type {
  HistoryEntry,
  HistoryEvent,
  HistoryPage,
  HistoryPlace,
  HistoryQuery,
  Trouble,
} from '../../shared/history.ts';
import { fits } from '../../shared/history-search.ts';
import type { UploadSummary } from '../../shared/snapshot.ts';
import type { Clock, Log, Random, SecretStore } from '../ports.ts';
import { HistoryFile, monthOf } from '../store/history-file.ts';
import type { StateHolder } from './state-holder.ts';

/** So many entries stand on a page. */
const PAGE = 50;
/** More than these can't have happened while the keychain was locked; the oldest make room. */
const MOST_UNWRITTEN = 10_000;

/** Where what happened is recorded; how it is kept is nobody's business. */
export interface HistoryLog {
  record(event: HistoryEvent): void;
}

/** A log that is read, too. */
export interface ReadableHistory extends HistoryLog {
  /** All entries that fit, newest first. */
  all(query: HistoryQuery): Promise<Result<readonly HistoryEntry[]>>;
}

interface HistorySurroundings {
  readonly folder: string;
  readonly secrets: SecretStore;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly state: StateHolder;
}

/** A failure as the history keeps it. */
export function troubleOf({ code, message, detail }: Failure): Trouble {
  return { code, message, detail: detail ?? null };
}

/** C1 received a file. */
export function uploadEvent({ counts, bytes }: UploadSummary): HistoryEvent {
  const { organisations, accounts, roles, grants } = counts;
  return { kind: 'upload', organisations, accounts, roles, grants, bytes };
}

/**
 * What happened, kept sealed and in order. What can't be written, as while the keychain is locked,
 * stays in memory and is tried again with the next entry.
 */
export class History implements ReadableHistory {
  readonly #surroundings: HistorySurroundings;
  readonly #file: HistoryFile;
  #unwritten: readonly HistoryEntry[] = [];
  #writing: Promise<void> = Promise.resolve();
  /** Whether the window knows what earlier runs recorded. */
  #restored = false;
  #started = false;

  constructor(surroundings: HistorySurroundings) {
    this.#surroundings = surroundings;
    this.#file = new HistoryFile({
      ...surroundings,
      folder: join(surroundings.folder, 'history'),
    });
  }

  record(event: HistoryEvent): void {
    const { clock, newId, state } = this.#surroundings;
    const entry = { id: newId(), at: clock.now(), event };
    this.#unwritten = [...this.#unwritten, entry].slice(-MOST_UNWRITTEN);
    state.tell({ type: 'recorded', entry });
    void this.flush();
  }

  /** The app has started: shows what the last run left, takes the oldest out and records the start. */
  async begin(version: string): Promise<void> {
    this.#started = true;
    await this.removeOld();
    await this.restore();
    const starts = await this.page({ kinds: ['app'], search: '' }, null);
    const last = starts.ok ? lastVersion(starts.value.entries) : undefined;
    if (last !== undefined && last !== version) {
      this.record({ kind: 'app', what: 'updated', from: last, to: version });
    }
    this.record({ kind: 'app', what: 'started', version });
  }

  /** Takes out what is too old or too much. */
  removeOld(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#file.removeOld(this.#surroundings.clock.now()));
    return this.#writing;
  }

  /** Shows the newest entries of earlier runs, beside those of this one. */
  async restore(): Promise<void> {
    const { state, log } = this.#surroundings;
    const page = await this.page({ kinds: [], search: '' }, null);
    this.#restored = page.ok;
    if (page.ok) state.tell({ type: 'historyRead', entries: page.value.entries });
    else log.warn('history.notRead', { code: page.failure.code });
  }

  /** Writes what is still to be written; at the end of the app, the last thing that is done. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** The newest entries that fit, older than `before` where it is given. */
  async page(query: HistoryQuery, before: HistoryPlace | null): Promise<Result<HistoryPage>> {
    const entries: HistoryEntry[] = [];
    const read = await this.#each(query, before, (entry) => {
      entries.push(entry);
      return entries.length <= PAGE ? 'more' : 'enough';
    });
    if (!read.ok) return read;
    const last = entries[PAGE - 1];
    const next = entries.length > PAGE && last !== undefined ? { id: last.id, at: last.at } : null;
    return succeed({ entries: entries.slice(0, PAGE), next });
  }

  async all(query: HistoryQuery): Promise<Result<readonly HistoryEntry[]>> {
    const entries: HistoryEntry[] = [];
    const read = await this.#each(query, null, (entry) => {
      entries.push(entry);
      return 'more';
    });
    return read.ok ? succeed(entries) : read;
  }

  async #write(): Promise<void> {
    const entries = this.#unwritten;
    if (entries.length === 0) return;
    const written = await this.#file.append(entries);
    if (written.ok) {
      const now = new Set(entries);
      this.#unwritten = this.#unwritten.filter((entry) => !now.has(entry));
      // The keychain was shut when the app began.
      if (this.#started && !this.#restored) void this.restore();
    } else {
      const { code } = written.failure;
      this.#surroundings.log.warn('history.notWritten', { code, entries: entries.length });
    }
  }

  /** Goes from the newest entry that is older than `before` towards the oldest. */
  async #each(
    query: HistoryQuery,
    before: HistoryPlace | null,
    visit: (entry: HistoryEntry) => 'more' | 'enough',
  ): Promise<Result<void>> {
    await this.#writing;
    const months = await this.#file.months();
    if (!months.ok) return months;
    const older = olderThan(before);
    const unwritten = this.#unwritten;
    for (const entry of unwritten.toReversed()) {
      if (older(entry) && fits(entry, query) && visit(entry) === 'enough') return succeed();
    }
    for (const month of months.value) {
      if (before !== null && month > monthOf(before.at)) continue;
      const read = await this.#month(month);
      if (!read.ok) return read;
      for (const entry of read.value.toReversed()) {
        // It may have been written while the others were read.
        if (unwritten.some(({ id }) => id === entry.id)) continue;
        if (older(entry) && fits(entry, query) && visit(entry) === 'enough') return succeed();
      }
    }
    return succeed();
  }

  async #month(month: string): Promise<Result<readonly HistoryEntry[]>> {
    const read = await this.#file.read(month);
    if (!read.ok) return read;
    const { entries, unreadable } = read.value;
    if (unreadable > 0) this.#surroundings.log.warn('history.unreadable', { lines: unreadable });
    return succeed(entries);
  }
}

/** The version that started last; `entries` are newest first. */
function lastVersion(entries: readonly HistoryEntry[]): string | undefined {
  for (const { event } of entries) {
    if (event.kind === 'app' && event.what === 'started') return event.version;
  }
  return undefined;
}

/** Tells the entries after a place apart from those before it, when they are asked about newest first. */
function olderThan(before: HistoryPlace | null): (entry: HistoryEntry) => boolean {
  let passed = before === null;
  return ({ id, at }) => {
    if (before === null || passed) return true;
    // One that isn't there any more lay before whatever is of an older month.
    passed = id === before.id || monthOf(at) < monthOf(before.at);
    return passed && id !== before.id;
  };
}
