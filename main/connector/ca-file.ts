import { succeed, type Result } from '../../shared/errors.ts';
import type { CaFileState } from '../../shared/snapshot.ts';
import type { Authorities, CaFile } from '../ports.ts';
import type { HistoryLog } from './history.ts';
import type { SettingsStore } from './settings.ts';
import type { StateHolder } from './state-holder.ts';

export interface CaFileSurroundings {
  readonly authorities: Authorities;
  readonly settings: SettingsStore;
  readonly state: StateHolder;
  readonly history: HistoryLog;
}

/**
 * The admin's own certificate authorities. A file is trusted only when it is in the settings, so that
 * what holds now holds after a restart too.
 */
export class CaFileChoice {
  readonly #surroundings: CaFileSurroundings;

  constructor(surroundings: CaFileSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Trusts what was chosen before the restart; a file that has gone bad is told of, and everything else goes on. */
  restore(): void {
    const { authorities, settings } = this.#surroundings;
    const path = settings.read().caFile;
    if (path === null) return;
    const read = authorities.read(path);
    if (read.ok) this.#trust(path, read.value);
    else this.#tell({ path, state: { kind: 'unusable', because: read.failure } });
  }

  /** Lets the admin choose a file; fails with `caFileUnusable`, and then all stays as it was. */
  async choose(): Promise<Result<void>> {
    const { authorities, settings } = this.#surroundings;
    const path = await authorities.pick();
    if (path === null) return succeed();
    const read = authorities.read(path);
    if (!read.ok) return read;
    const kept = settings.change({ caFile: path });
    if (!kept.ok) return kept;
    this.#trust(path, read.value);
    this.#surroundings.history.record({ kind: 'setting', setting: 'caFile', to: 'file' });
    return kept;
  }

  /** Trusts none but the system's again. */
  forget(): Result<void> {
    const { authorities, settings, history } = this.#surroundings;
    const kept = settings.change({ caFile: null });
    if (!kept.ok) return kept;
    authorities.trust(undefined);
    this.#tell(null);
    history.record({ kind: 'setting', setting: 'caFile', to: 'none' });
    return kept;
  }

  #trust(path: string, { pem, names, validUntil }: CaFile): void {
    this.#surroundings.authorities.trust(pem);
    this.#tell({ path, state: { kind: 'trusted', names, validUntil } });
  }

  #tell(to: CaFileState | null): void {
    this.#surroundings.state.tell({ type: 'caFileMoved', to });
  }
}
