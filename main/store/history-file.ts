import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { HistoryEntry } from '../../shared/history.ts';
import type { Random, SecretStore } from '../ports.ts';
import { haveDataKey, readDataKey } from './data-key.ts';
import { diskFailure } from './disk.ts';
import { NONCE_LENGTH, Sealing, unseal } from './seal.ts';
import { readIfThere } from './sealed-file.ts';

/** For how long entries are kept, and how much of the 200 MB is theirs (product.md §5). */
export const MONTHS_KEPT = 13;
const LARGEST = 20_000_000;

const SUFFIX = '.history';
const OURS = /^\d{4}-\d{2}\.history$/;
const LINE_END = '\n'.charCodeAt(0);

/** The entries of one month, oldest first. */
export interface MonthOfHistory {
  readonly entries: readonly HistoryEntry[];
  /** Lines that this key doesn't open, or that mean nothing to this version. */
  readonly unreadable: number;
}

/** The month of a moment, as its file is called: `2026-11`, by UTC. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 'yyyy-mm'.length);
}

/**
 * The history on disk: one file a month, which is only ever added to. Each line is an entry sealed by
 * itself with the data key (product.md §5), in base64; the file's name is bound in.
 */
export class HistoryFile {
  readonly #folder: string;
  readonly #secrets: SecretStore;
  readonly #random: Random;
  /** Months whose last line is known to be whole. */
  readonly #whole = new Set<string>();

  constructor(options: { folder: string; secrets: SecretStore; random: Random }) {
    this.#folder = options.folder;
    this.#secrets = options.secrets;
    this.#random = options.random;
  }

  /** Adds entries, in order; they are on the disk when this resolves. After a failure none is there. */
  async append(entries: readonly HistoryEntry[]): Promise<Result<void>> {
    const key = await haveDataKey(this.#secrets, this.#random);
    if (!key.ok) return key;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      for (const [month, those] of byMonth(entries)) {
        await this.#appendTo(
          month,
          those.map((entry) => this.#seal(entry, month, key.value)).join(''),
        );
      }
      return succeed();
    } catch (error) {
      return fail(diskFailure(error));
    }
  }

  /** The months that there are files of, newest first. */
  async months(): Promise<Result<readonly string[]>> {
    try {
      const names = await readdir(this.#folder);
      const ours = names.filter((name) => OURS.test(name));
      return succeed(
        ours
          .map((name) => name.slice(0, -SUFFIX.length))
          .toSorted()
          .toReversed(),
      );
    } catch (error) {
      return isAbsent(error) ? succeed([]) : fail(diskFailure(error));
    }
  }

  /** What the month's file holds; a torn last line is left out. */
  async read(month: string): Promise<Result<MonthOfHistory>> {
    const key = await readDataKey(this.#secrets);
    if (!key.ok) return key;
    const file = await readIfThere(this.#path(month));
    if (!file.ok) return file;
    if (file.value === null) return succeed({ entries: [], unreadable: 0 });
    const lines = Buffer.from(file.value).toString('latin1').split('\n').slice(0, -1);
    const opened = lines.map((line) => unsealLine(line, key.value, month));
    const entries = opened.filter((entry) => entry !== null);
    return succeed({ entries, unreadable: opened.length - entries.length });
  }

  /**
   * Removes months that are older than is kept, and the oldest of what is too much; never the newest.
   * What can't be removed now is removed another time.
   */
  async removeOld(now: number, largest = LARGEST): Promise<void> {
    const months = await this.months();
    if (!months.ok) return;
    const oldest = oldestKept(now);
    let bytes = 0;
    for (const [place, month] of months.value.entries()) {
      const path = this.#path(month);
      bytes += await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      const tooMuch = place > 0 && bytes > largest;
      if (month < oldest || tooMuch) await rm(path, { force: true }).catch(() => undefined);
    }
  }

  async #appendTo(month: string, lines: string): Promise<void> {
    const file = await open(this.#path(month), 'a+', 0o600);
    try {
      if (!this.#whole.has(month)) await dropTornLine(file);
      const { size } = await file.stat();
      try {
        await file.writeFile(lines);
        await file.datasync();
        this.#whole.add(month);
      } catch (error) {
        this.#whole.delete(month);
        // Half of them would stand there twice once they are written again.
        await file.truncate(size).catch(() => undefined);
        throw error;
      }
    } finally {
      await file.close();
    }
  }

  #seal(entry: HistoryEntry, month: string, key: Uint8Array): string {
    const sealing = new Sealing(key, this.#random.bytes(NONCE_LENGTH), month);
    const sealed = sealing.add(JSON.stringify(entry));
    return `${Buffer.concat([sealing.head(), sealed]).toString('base64')}\n`;
  }

  #path(month: string): string {
    return join(this.#folder, `${month}${SUFFIX}`);
  }
}

/** A crash may have left a piece of a line, to which nothing may be added. */
async function dropTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  if (last[0] === LINE_END) return;
  const all = Buffer.alloc(size);
  await file.read(all, 0, size, 0);
  await file.truncate(all.lastIndexOf(LINE_END) + 1);
}

function unsealLine(line: string, key: Uint8Array | null, month: string): HistoryEntry | null {
  const plain = key === null ? null : unseal(Buffer.from(line, 'base64'), key, month);
  if (plain === null) return null;
  const parsed = HistoryEntry.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
  return parsed.success ? parsed.data : null;
}

function byMonth(entries: readonly HistoryEntry[]): ReadonlyMap<string, HistoryEntry[]> {
  const months = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const month = monthOf(entry.at);
    const others = months.get(month);
    if (others === undefined) months.set(month, [entry]);
    else others.push(entry);
  }
  return months;
}

/** The oldest month that is kept; this one counts. */
function oldestKept(now: number): string {
  const date = new Date(now);
  return monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (MONTHS_KEPT - 1)));
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
