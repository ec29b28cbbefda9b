import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { AccessRead } from '../access/types.ts';
import type { Log } from '../ports.ts';
import type { KeptLooks, LookDetails, LookEntry } from '../store/kept-looks.ts';
import type { PackedLook } from './access-desk.ts';
import type { Desk } from './access-desks.ts';
import type { HistoryLog } from './history.ts';
import type { StateHolder } from './state-holder.ts';

/** So few people are dealt with in a few milliseconds, in this process. */
const FEW_PEOPLE = 1000;
/** What one of many takes when packed, roughly. */
const BYTES_FOR_ONE = 60;

export interface AccessLooksSurroundings {
  readonly state: StateHolder;
  readonly kept: KeptLooks;
  readonly desks: { readonly here: Desk; readonly there: Desk };
  readonly history: HistoryLog;
  readonly log: Log;
}

/**
 * The looks that the Access page shows: keeps each whole look that differs from the last, and holds
 * one that couldn't be kept for as long as the app runs, so that the page is never behind.
 */
export class AccessLooks {
  readonly #surroundings: AccessLooksSurroundings;
  #unkept: { readonly entry: LookEntry; readonly packed: Uint8Array } | null = null;

  constructor(surroundings: AccessLooksSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Newest first; fails when none can be had and the keychain or the disk is why. */
  async entries(): Promise<Result<readonly LookEntry[]>> {
    const listed = await this.#surroundings.kept.list();
    const unkept = this.#unkept === null ? [] : [this.#unkept.entry];
    if (!listed.ok) return unkept.length > 0 ? succeed(unkept) : listed;
    return succeed([...unkept, ...listed.value]);
  }

  /** The desk for a look, or for several: few people are dealt with here, many elsewhere. */
  deskFor(...looks: readonly LookEntry[]): Desk {
    const { desks } = this.#surroundings;
    const few = looks.every(
      ({ bytes, details }) => (details?.accounts ?? bytes / BYTES_FOR_ONE) <= FEW_PEOPLE,
    );
    return few ? desks.here : desks.there;
  }

  /** Opens a look at a desk; fails with `fileInvalid` for one that can't be read, which is left out. */
  async open(desk: Desk, at: number): Promise<Result<void>> {
    const packed = await this.#packed(at);
    if (!packed.ok) return packed;
    if (packed.value !== null) {
      const opened = await desk.ask('open', { at, packed: packed.value });
      // A desk that broke says nothing of the look.
      if (opened === null || (opened.kind === 'answer' && opened.answer)) return succeed();
    }
    this.#leaveOut(at);
    return fail(lookUnreadable);
  }

  /** Keeps what was read, if it differs; the state is told in any case. */
  async take(read: AccessRead, at: number): Promise<void> {
    const entries = await this.entries();
    const newest = entries.ok ? (entries.value[0] ?? null) : null;
    const before = newest === null ? succeed(null) : await this.#packed(newest.at);
    const few = peopleIn(read) <= FEW_PEOPLE;
    const desk = few ? this.deskFor(...(newest === null ? [] : [newest])) : this.#there;
    const taken = await desk.take(read, at, before.ok ? before.value : null);
    if (taken === null) {
      this.#tell(newest, lookBroke);
      return;
    }
    const same = newest?.details?.digest === taken.digest;
    await (same ? this.#confirm(newest, at) : this.#keep(at, taken));
  }

  /** Says where the kept looks stand, before the first look of this run. */
  async restore(): Promise<void> {
    const entries = await this.entries();
    if (entries.ok) this.#tell(entries.value[0] ?? null, null);
    else this.#tell(null, entries.failure);
  }

  get #there(): Desk {
    return this.#surroundings.desks.there;
  }

  async #confirm(newest: LookEntry, at: number): Promise<void> {
    const details = newest.details === null ? null : { ...newest.details, confirmedAt: at };
    const entry = { ...newest, details };
    if (this.#unkept?.entry.at === newest.at && details !== null) {
      // The disk may have room by now.
      await this.#write(entry, this.#unkept.packed, details);
      return;
    }
    const written = await this.#surroundings.kept.confirm(at);
    this.#tell(entry, written.ok ? null : written.failure);
  }

  async #keep(at: number, taken: PackedLook): Promise<void> {
    const { digest, accounts, people, roles, packed, changes } = taken;
    const details = { digest, confirmedAt: at, accounts, people, roles: [...roles] };
    await this.#write({ at, bytes: packed.length, details }, packed, details);
    if (changes === null) return;
    const { joined, left, role: changedRole } = changes;
    const event = { kind: 'look', what: 'changed', joined, left, changedRole } as const;
    if (joined + left + changedRole > 0) this.#surroundings.history.record(event);
  }

  async #write(entry: LookEntry, packed: Uint8Array, details: LookDetails): Promise<void> {
    const { kept, log } = this.#surroundings;
    const written = await kept.keep(entry.at, packed, details);
    this.#unkept = written.ok ? null : { entry, packed };
    if (written.ok) log.info('looks.kept', { bytes: packed.length, accounts: details.accounts });
    else log.warn('looks.notKept', { code: written.failure.code });
    this.#tell(entry, written.ok ? null : written.failure);
  }

  async #packed(at: number): Promise<Result<Uint8Array | null>> {
    if (this.#unkept?.entry.at === at) return succeed(this.#unkept.packed);
    return await this.#surroundings.kept.read(at);
  }

  #leaveOut(at: number): void {
    this.#surroundings.kept.leaveOut(at);
    this.#surroundings.log.warn('looks.leftOut');
  }

  #tell(newest: LookEntry | null, trouble: Failure | null): void {
    const look = newest?.at ?? null;
    const confirmedAt = newest?.details?.confirmedAt ?? look;
    this.#surroundings.state.tell({ type: 'lookKept', to: { newest: look, confirmedAt, trouble } });
  }
}

function peopleIn({ organisations }: AccessRead): number {
  return organisations.reduce((sum, { users }) => sum + users.length, 0);
}

export const lookUnreadable: Failure = {
  code: 'fileInvalid',
  message: say('accessLooks.aKeptLookCantBe'),
  next: 'tryAgain',
};

export const lookBroke: Failure = {
  code: 'bug',
  message: say('accessLooks.theLookCouldntBeMade'),
  next: 'checkXeroNow',
};
