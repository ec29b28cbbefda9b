import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { Random, SecretStore } from '../ports.ts';
import { haveDataKey, readDataKey } from './data-key.ts';
import { diskFailure } from './disk.ts';
import { tooMany } from './kept-looks-limits.ts';
import { readIfThere, SealedFile, sealInto, unsealFrom } from './sealed-file.ts';

/** What is known of a kept look without opening it. Times are milliseconds since 1970. */
const Details = z.object({
  digest: z.string(),
  /** When a look last found just this. */
  confirmedAt: z.number(),
  accounts: z.number(),
  people: z.number(),
  roles: z.array(
    z.object({ id: z.string(), name: z.string(), order: z.number(), people: z.number() }),
  ),
});
export type LookDetails = z.infer<typeof Details>;

const Index = z.object({
  looks: z.array(z.object({ at: z.number(), details: Details })),
  /** The company's e-mail domains as the admin chose them; null before they did. */
  ownDomains: z.array(z.string()).nullable(),
  /** Which look the last evidence report was of, when it was made, and the SHA-256 of its data. */
  lastReport: z
    .object({ look: z.number(), madeAt: z.number(), sha256: z.string() })
    .nullable()
    // Indexes of before have none.
    .default(null),
});
type Index = z.infer<typeof Index>;
export type LastReport = NonNullable<Index['lastReport']>;

export interface LookEntry {
  /** When it was taken, which is its name. */
  readonly at: number;
  readonly bytes: number;
  /** Null where the index lost them: the look itself is whole. */
  readonly details: LookDetails | null;
}

const NAME = /^(\d{1,15})\.look$/;
/** As much as is sealed in a few milliseconds. */
const PIECE = 1 << 20;

export interface KeptLooksOptions {
  readonly folder: string;
  readonly secrets: SecretStore;
  readonly random: Random;
}

/**
 * The kept looks: one sealed file for each look that differed from the last, and a sealed index that
 * tells of all of them without opening one (product.md §5). A file that was lost or damaged costs
 * that look alone. Fails as the keychain and the disk do; what failed is tried anew the next time.
 */
export class KeptLooks {
  readonly #options: KeptLooksOptions;
  readonly #index: SealedFile<typeof Index>;
  #entries: readonly LookEntry[] | null = null;
  #ownDomains: readonly string[] | null = null;
  #lastReport: LastReport | null = null;
  readonly #unreadable = new Set<number>();

  constructor(options: KeptLooksOptions) {
    this.#options = options;
    const { folder, secrets, random } = options;
    this.#index = new SealedFile({ path: join(folder, 'index'), schema: Index, secrets, random });
  }

  /** The readable ones, newest first. */
  async list(): Promise<Result<readonly LookEntry[]>> {
    if (this.#entries === null) {
      const loaded = await this.#load();
      if (!loaded.ok) return loaded;
      this.#entries = loaded.value;
    }
    return succeed(this.#entries.filter(({ at }) => !this.#unreadable.has(at)));
  }

  /** How many were found that can't be read. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  /** Known once `list` has succeeded. */
  get ownDomains(): readonly string[] | null {
    return this.#ownDomains;
  }

  /** Known once `list` has succeeded. */
  get lastReport(): LastReport | null {
    return this.#lastReport;
  }

  /** The look as it was packed, or null when its file is gone, changed, or sealed with another key. */
  async read(at: number): Promise<Result<Uint8Array | null>> {
    const key = await readDataKey(this.#options.secrets);
    if (!key.ok) return key;
    const sealed = await readIfThere(this.#path(at));
    if (!sealed.ok) return sealed;
    if (key.value === null || sealed.value === null) return succeed(null);
    return succeed(unsealFrom(this.#path(at), key.value, sealed.value));
  }

  /** From now on this one isn't listed any more. Its file stays, for support to look at. */
  leaveOut(at: number): void {
    this.#unreadable.add(at);
  }

  /** Keeps a look, and lets go of those that are too old or too much. */
  async keep(at: number, packed: Uint8Array, details: LookDetails): Promise<Result<void>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    const key = await haveDataKey(this.#options.secrets, this.#options.random);
    if (!key.ok) return key;
    const sealed = await sealInto(this.#path(at), key.value, this.#options.random, pieces(packed));
    if (!sealed.ok) return sealed;
    const others = (this.#entries ?? []).filter((entry) => entry.at !== at);
    return await this.#letGo([{ at, bytes: packed.length, details }, ...others], at);
  }

  /** Lets go of those that are too old or too much, though no other is kept. */
  async removeOld(now: number): Promise<Result<void>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    const all = this.#entries ?? [];
    return tooMany(all, now).length === 0 ? succeed() : await this.#letGo(all, now);
  }

  async #letGo(all: readonly LookEntry[], now: number): Promise<Result<void>> {
    const old = tooMany(all, now);
    const kept = await this.#write(all.filter((entry) => !old.includes(entry)));
    if (!kept.ok) return kept;
    for (const entry of old) await rm(this.#path(entry.at), { force: true }).catch(() => undefined);
    return kept;
  }

  /** A look has found just what the newest kept one holds. */
  async confirm(at: number): Promise<Result<void>> {
    const [newest, ...others] = this.#entries ?? [];
    if (newest?.details == null) return succeed();
    const details = { ...newest.details, confirmedAt: at };
    return await this.#write([{ ...newest, details }, ...others]);
  }

  async chooseDomains(domains: readonly string[]): Promise<Result<void>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    const before = this.#ownDomains;
    this.#ownDomains = domains;
    const written = await this.#write(this.#entries ?? []);
    if (!written.ok) this.#ownDomains = before;
    return written;
  }

  /** An evidence report was made: the next one tells what changed since. */
  async reported(report: LastReport): Promise<Result<void>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    this.#lastReport = report;
    return await this.#write(this.#entries ?? []);
  }

  async #write(entries: readonly LookEntry[]): Promise<Result<void>> {
    const written = await this.#index.write(this.#asIndex(entries));
    if (written.ok) this.#entries = entries;
    return written;
  }

  #asIndex(entries: readonly LookEntry[]): Index {
    const looks = entries.flatMap(({ at, details }) => (details === null ? [] : { at, details }));
    const ownDomains = this.#ownDomains === null ? null : [...this.#ownDomains];
    return { looks, ownDomains, lastReport: this.#lastReport };
  }

  /** What lies in the folder, with what the index knows of it. */
  async #load(): Promise<Result<readonly LookEntry[]>> {
    const index = await this.#index.read();
    if (!index.ok) return index;
    const known = new Map(index.value?.looks.map(({ at, details }) => [at, details]));
    this.#ownDomains = index.value?.ownDomains ?? null;
    this.#lastReport = index.value?.lastReport ?? null;
    try {
      const entries: LookEntry[] = [];
      for (const name of await namesIn(this.#options.folder)) {
        const at = Number(NAME.exec(name)?.[1] ?? NaN);
        if (Number.isNaN(at)) continue;
        const { size: bytes } = await stat(this.#path(at));
        entries.push({ at, bytes, details: known.get(at) ?? null });
      }
      return succeed(entries.sort((a, b) => b.at - a.at));
    } catch (error) {
      return fail(diskFailure(error));
    }
  }

  #path(at: number): string {
    return join(this.#options.folder, `${at}.look`);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}
