import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EraseList, EraseReport } from '../../shared/erasing.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { BrowserData, ListedSecrets, Log, StartAtLogin } from '../ports.ts';
import type { Consent } from '../xero/token-keeper.ts';
import type { Result } from '../../shared/errors.ts';

/** Files of the browser engine, which holds them while it runs; all else in the profile is the app's. */
const OF_THE_ENGINE =
  /^(?:[A-Z.].*|blob_storage|databases|lockfile|shared_proto_db|declarative_rules)$/;

interface EraseSurroundings {
  /** The profile. */
  readonly folder: string;
  readonly snapshot: () => Snapshot;
  readonly secrets: ListedSecrets;
  readonly startAtLogin: StartAtLogin;
  readonly browserData: BrowserData;
  readonly log: Log;
  /** Ends all looks and tasks. */
  readonly stop: () => Promise<void>;
  readonly signIns: {
    readonly kept: readonly { readonly id: string }[];
    readonly end: (id: string, where: 'everywhere') => Promise<Result<Consent>>;
  };
}

/** Takes everything of the app off this computer, and its consent back at Xero. */
export class Erasure {
  readonly #surroundings: EraseSurroundings;
  #done = false;

  constructor(surroundings: EraseSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Whether it has begun: from then on nothing may be written. */
  get done(): boolean {
    return this.#done;
  }

  /** What would go, as it stands now. */
  async list(): Promise<EraseList> {
    const { folder, snapshot, secrets, startAtLogin, signIns } = this.#surroundings;
    const keys = await secrets.keys();
    const entries = keys.ok
      ? say('count.entry', { count: keys.value.length })
      : say('erase.allEntries');
    const items = [
      say('erase.inTheKeychainOfThis', { entries }),
      ...(signIns.kept.length === 0
        ? []
        : [
            say('erase.atXeroTakenBackFor', {
              signIns: say('count.signIn', { count: signIns.kept.length }),
            }),
          ]),
      say('erase.inTheSettingsWhatIs', { folder }),
      ...((await startAtLogin.isOn()) ? [say('erase.startingAtLogin')] : []),
    ];
    return {
      items: snapshot().app.sandbox ? [...items, say('erase.theSandboxsOwnDataStays')] : items,
    };
  }

  /** Does all that can be done; a step that fails doesn't keep the others from being taken. */
  async run(): Promise<EraseReport> {
    this.#done = true;
    const { stop, log } = this.#surroundings;
    log.info('erase.begun');
    await stop();
    const steps = [
      await this.#signOut(),
      await this.#keychain(),
      await this.#login(),
      await this.#files(),
      await this.#engine(),
    ];
    return {
      erased: steps.flatMap(({ erased }) => erased),
      left: steps.flatMap(({ left }) => left),
    };
  }

  async #signOut(): Promise<EraseReport> {
    const { signIns } = this.#surroundings;
    const ends: Result<Consent>[] = [];
    for (const { id } of signIns.kept) ends.push(await signIns.end(id, 'everywhere'));
    const told = ends.filter((end) => end.ok && end.value === 'givenBack').length;
    const untold = ends.filter((end) => !end.ok || end.value === 'mayRemain').length;
    return {
      erased:
        told === 0 ? [] : [say('erase.atXero', { signIns: say('count.signIn', { count: told }) })],
      left: untold === 0 ? [] : [XERO_UNTOLD],
    };
  }

  async #keychain(): Promise<EraseReport> {
    const { secrets } = this.#surroundings;
    const keys = await secrets.keys();
    if (!keys.ok) return { erased: [], left: [`${KEYCHAIN_LEFT} ${keys.failure.message}`] };
    let gone = 0;
    for (const key of keys.value) if ((await secrets.erase(key)).ok) gone += 1;
    return {
      erased: [say('count.keychainEntry', { count: gone })],
      left: gone === keys.value.length ? [] : [KEYCHAIN_LEFT],
    };
  }

  async #login(): Promise<EraseReport> {
    const { startAtLogin } = this.#surroundings;
    if (!(await startAtLogin.isOn())) return nothing;
    const off = await startAtLogin.set(false);
    return off.ok
      ? { erased: [say('common.startingAtLogin')], left: [] }
      : { erased: [], left: [say('erase.theAppStillStartsAt')] };
  }

  async #files(): Promise<EraseReport> {
    const { folder, log } = this.#surroundings;
    // A line that is logged from now on would make the log anew.
    log.mute?.();
    const names = (await readdir(folder).catch(() => [])).filter((it) => !OF_THE_ENGINE.test(it));
    const left: string[] = [];
    for (const name of names) {
      const path = join(folder, name);
      await rm(path, { recursive: true, force: true }).catch(() => left.push(path));
    }
    return {
      erased: [
        say('erase.andFoldersInTheProfile', {
          files: say('count.file', { count: names.length - left.length }),
        }),
      ],
      left: left.map((path) => say('erase.couldntBeDeletedDeleteIt', { path })),
    };
  }

  async #engine(): Promise<EraseReport> {
    const cleared = await this.#surroundings.browserData.clear().then(
      () => true,
      () => false,
    );
    return cleared ? nothing : { erased: [], left: [say('erase.whatTheWindowKeptCouldnt')] };
  }
}

const nothing: EraseReport = { erased: [], left: [] };
const XERO_UNTOLD = say('erase.xeroCouldntBeToldOf');
const KEYCHAIN_LEFT = say('erase.someKeychainEntriesCouldntBe');
