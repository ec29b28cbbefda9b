import { join } from 'node:path';
import { succeed, type Result } from '../../shared/errors.ts';
import type { Holdings } from '../access/holdings.ts';
import type { Log, Random, SecretStore } from '../ports.ts';
import { SealedFile } from '../store/sealed-file.ts';
import { sameId } from './governed.ts';
import { emptyMemory, Memory } from './memory.ts';
import { People } from './people.ts';
import type { SettingsStore } from './settings.ts';
import type { SignIns } from './sign-ins.ts';
import type { StateHolder } from './state-holder.ts';

interface RememberingSurroundings {
  readonly folder: string;
  readonly secrets: SecretStore;
  readonly random: Random;
  readonly log: Log;
  readonly settings: SettingsStore;
  readonly signIns: Pick<SignIns, 'kept' | 'restore'>;
  readonly state: StateHolder;
}

/** Carries names, ids and what C1 received over a restart, sealed with the keychain's data key. */
export class Remembering {
  readonly #surroundings: RememberingSurroundings;
  readonly #file: SealedFile<typeof Memory>;
  #readable = false;
  people = new People();
  /** What each organisation brought to C1 as of the newest read of all; null before the first. */
  holdings: Holdings | null = null;

  constructor(surroundings: RememberingSurroundings) {
    const { folder, secrets, random } = surroundings;
    this.#surroundings = surroundings;
    this.#file = new SealedFile({
      path: join(folder, 'memory.sealed'),
      schema: Memory,
      secrets,
      random,
    });
  }

  /** False while the keychain kept the memory shut. */
  get readable(): boolean {
    return this.#readable;
  }

  /** Puts the sign-ins and the snapshot where the last run left them. */
  async restore(): Promise<void> {
    const { settings, signIns, state } = this.#surroundings;
    const chosen = settings.read();
    const opened = await this.#file.read();
    const memory = (opened.ok ? opened.value : null) ?? emptyMemory;
    const kept = chosen.signIns.map((signIn) => ({
      ...signIn,
      remembered: memory.signIns.find(({ id }) => id === signIn.id),
    }));
    signIns.restore(
      kept.map(({ id, app, clientId, remembered }) => ({
        id,
        app,
        clientId,
        subject: remembered?.subject ?? '',
        who: remembered?.who ?? null,
        ...(remembered?.userId !== undefined && { userId: remembered.userId }),
        renewedAt: remembered?.renewedAt ?? null,
      })),
    );
    this.people = new People(memory.accountIds);
    this.holdings = memory.holdings;
    this.#readable = opened.ok;
    state.tell({
      type: 'restored',
      setup: chosen.setup,
      uploaded: memory.uploaded,
      xero: kept.map(({ id, app, clientId, remembered }) => ({
        id,
        app,
        clientId,
        who: remembered?.who ?? null,
        state: opened.ok ? { kind: 'signedIn' } : { kind: 'needsSignIn', because: opened.failure },
        organisations: (remembered?.organisations ?? []).map((organisation) => ({
          ...organisation,
          governed: chosen.governed.some((id) => sameId(id, organisation.id)),
          state: { kind: 'unread' },
        })),
      })),
    });
  }

  /**
   * Writes what is worth keeping. While an older memory can't be opened it isn't
   * overwritten, unless the admin has just begun anew.
   */
  async write(how: 'keep' | 'beginAnew' = 'keep'): Promise<Result<void>> {
    if (how === 'beginAnew') this.#readable = true;
    if (!this.#readable) return succeed();
    const { state, log } = this.#surroundings;
    const { uploaded } = state.snapshot;
    const written = await this.#file.write({
      signIns: this.#signIns(),
      accountIds: [...this.people.known],
      holdings: this.holdings,
      uploaded,
    });
    if (!written.ok) log.warn('memory.notWritten', { code: written.failure.code });
    return written;
  }

  #signIns(): Memory['signIns'] {
    const { signIns, state } = this.#surroundings;
    return signIns.kept.map(({ id, subject, who, userId, renewedAt }) => {
      const shown = state.snapshot.xero.find((signIn) => signIn.id === id);
      const organisations = (shown?.organisations ?? []).map((organisation) => {
        const { id: organisationId, name, shortCode, demo } = organisation;
        return { id: organisationId, name, shortCode, demo };
      });
      const known = userId === undefined ? {} : { userId };
      return { id, subject, who, ...known, renewedAt, organisations };
    });
  }
}
