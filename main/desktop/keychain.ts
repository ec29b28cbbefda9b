import { createRequire } from 'node:module';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { Turn } from '../connector/turn.ts';
import type { ListedSecrets } from '../ports.ts';

/** The keychain's name for this app (product.md §1). */
export const KEYCHAIN_SERVICE = 'c1-xero';
/** Against the sandbox a name of its own, so that a demo never touches real secrets. */
export const SANDBOX_KEYCHAIN_SERVICE = 'c1-xero-sandbox';

/** An entry without a secret, written to see whether the keychain takes any. */
const PROBE = 'probe';

export const absentOnLinux: Failure = {
  code: 'keychainUnavailable',
  message: say('keychain.thisComputerHasNoKeychain'),
  next: 'installKeychain',
};

const absent: Failure = {
  code: 'keychainUnavailable',
  message: say('keychain.thisComputersKeychainDoesntAnswer'),
  next: 'tryAgain',
};

export const locked: Failure = {
  code: 'keychainLocked',
  message: say('keychain.theKeychainIsLockedSo'),
  next: 'unlockKeychain',
};

/** What Windows takes in one entry, in bytes (desktop.md §2). Split in two it couldn't be replaced at once. */
const LARGEST_ON_WINDOWS = 2560;

const tooLong: Failure = {
  code: 'keychainUnavailable',
  message: say('keychain.windowsKeepsNoSecretOf'),
  next: 'reportProblem',
};

type Keytar = typeof import('keytar');

/** Not by an import: Node looks through a CommonJS file with WebAssembly then, which brings V8's compiler, 6 MB. */
function loadKeytar(): Keytar {
  return createRequire(import.meta.url)('keytar') as Keytar;
}

/**
 * Secrets in the system's keychain through keytar. There is no other place for
 * them: a keychain that is locked or absent is a failure (product.md §5).
 * It is asked one thing at a time: of two prompts of a locked one at once libsecret may lose one and wait
 * for it for ever, and each call that waits holds one of the four threads that read and write files.
 */
export class Keychain implements ListedSecrets {
  readonly #service: string;
  readonly #platform: NodeJS.Platform;
  readonly #load: () => Keytar;
  readonly #turn = new Turn();

  constructor(service: string, platform: NodeJS.Platform, load = loadKeytar) {
    this.#service = service;
    this.#platform = platform;
    this.#load = load;
  }

  /** Libsecret says "nothing there" of a locked keychain too; only writing tells the two apart. */
  read(key: string): Promise<Result<string | null>> {
    return this.#attempt(async (keytar) => {
      const secret = await keytar.getPassword(this.#service, key);
      if (secret === null) await keytar.setPassword(this.#service, PROBE, PROBE);
      return secret;
    });
  }

  /** Reads back what it wrote: a keychain that only seems to store must not cost a token. */
  async write(key: string, secret: string): Promise<Result<void>> {
    const isTooLong = this.#platform === 'win32' && Buffer.byteLength(secret) > LARGEST_ON_WINDOWS;
    if (isTooLong) return fail(tooLong);
    const stored = await this.#attempt(async (keytar) => {
      await keytar.setPassword(this.#service, key, secret);
      return keytar.getPassword(this.#service, key);
    });
    if (!stored.ok) return stored;
    return stored.value === secret ? succeed() : fail(this.#absent);
  }

  async erase(key: string): Promise<Result<void>> {
    const erased = await this.#attempt((keytar) => keytar.deletePassword(this.#service, key));
    return erased.ok ? succeed() : erased;
  }

  keys(): Promise<Result<readonly string[]>> {
    return this.#attempt(async (keytar) => {
      const entries = await keytar.findCredentials(this.#service);
      // A locked keychain seems empty, too.
      if (entries.length === 0) await keytar.setPassword(this.#service, PROBE, PROBE);
      return entries.length === 0 ? [PROBE] : entries.map(({ account }) => account);
    });
  }

  get #absent(): Failure {
    return this.#platform === 'linux' ? absentOnLinux : absent;
  }

  #attempt<T>(work: (keytar: Keytar) => Promise<T>): Promise<Result<T>> {
    return this.#turn.take(() => this.#try(work));
  }

  async #try<T>(work: (keytar: Keytar) => Promise<T>): Promise<Result<T>> {
    try {
      // Loaded here, so that a missing libsecret is a sentence and not a crash at start.
      return succeed(await work(this.#load()));
    } catch (error) {
      const text = error instanceof Error ? error.message : '';
      const isLocked = /locked|dismissed|prompt|-25308|interaction/i.test(text);
      return fail(isLocked ? locked : this.#absent);
    }
  }
}
