import { createRequire } from 'node:module';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { Turn } from '../connector/turn.ts';
import type { Clock, ListedSecrets } from '../ports.ts';

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

/** Whoever sits before the system's prompt has answered it by then. */
const PROMPT_MS = 30_000;

/** What Windows takes in one entry, in bytes (desktop.md §2). Split in two it couldn't be replaced at once. */
const LARGEST_ON_WINDOWS = 2560;

const tooLong: Failure = {
  code: 'keychainUnavailable',
  message: say('keychain.windowsKeepsNoSecretOf'),
  next: 'reportProblem',
};

type Keytar = typeof import('keytar');
type Work<T> = (keytar: Keytar) => Promise<T>;

/** Not by an import: Node looks through a CommonJS file with WebAssembly then, which brings V8's compiler, 6 MB. */
function loadKeytar(): Keytar {
  return createRequire(import.meta.url)('keytar') as Keytar;
}

interface KeychainOptions {
  /** The keychain's name for the app. */
  readonly service: string;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** A prompt was answered so late that the keychain had been told to be locked; it is open now. */
  readonly onOpened: () => void;
  readonly load?: () => Keytar;
}

/**
 * Secrets in the system's keychain through keytar. There is no other place for
 * them: a keychain that is locked or absent is a failure (product.md §5).
 * It is asked one thing at a time: of two prompts of a locked one at once libsecret may lose one and wait
 * for it for ever, and each call that waits holds one of the four threads that read and write files.
 * While a prompt is left open, reading says that it is locked: neither the start nor a page waits on.
 */
export class Keychain implements ListedSecrets {
  readonly #options: KeychainOptions;
  readonly #load: () => Keytar;
  readonly #turn = new Turn();
  #isAsked = false;
  /** Whether a read was told that it is locked, and what held it up still does. */
  #promptOpen = false;

  constructor(options: KeychainOptions) {
    this.#options = options;
    this.#load = options.load ?? loadKeytar;
  }

  /** Whether it still owes an answer, as while its prompt is open. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Resolves once all that was asked so far is answered. */
  idle(): Promise<void> {
    return this.#turn.take(() => Promise.resolve());
  }

  /** Libsecret says "nothing there" of a locked keychain too; only writing tells the two apart. */
  read(key: string): Promise<Result<string | null>> {
    const { service } = this.#options;
    return this.#soon(async (keytar) => {
      const secret = await keytar.getPassword(service, key);
      if (secret === null) await keytar.setPassword(service, PROBE, PROBE);
      return secret;
    });
  }

  /** Reads back what it wrote: a keychain that only seems to store must not cost a token. */
  async write(key: string, secret: string): Promise<Result<void>> {
    const { service, platform } = this.#options;
    const isTooLong = platform === 'win32' && Buffer.byteLength(secret) > LARGEST_ON_WINDOWS;
    if (isTooLong) return fail(tooLong);
    const stored = await this.#attempt(async (keytar) => {
      await keytar.setPassword(service, key, secret);
      return keytar.getPassword(service, key);
    });
    if (!stored.ok) return stored;
    return stored.value === secret ? succeed() : fail(this.#absent);
  }

  async erase(key: string): Promise<Result<void>> {
    const { service } = this.#options;
    const erased = await this.#attempt((keytar) => keytar.deletePassword(service, key));
    return erased.ok ? succeed() : erased;
  }

  keys(): Promise<Result<readonly string[]>> {
    const { service } = this.#options;
    return this.#soon(async (keytar) => {
      const entries = await keytar.findCredentials(service);
      // A locked keychain seems empty, too.
      if (entries.length === 0) await keytar.setPassword(service, PROBE, PROBE);
      return entries.length === 0 ? [PROBE] : entries.map(({ account }) => account);
    });
  }

  get #absent(): Failure {
    return this.#options.platform === 'linux' ? absentOnLinux : absent;
  }

  /** What has no answer in time is told to be locked; when its turn comes, it isn't asked any more. */
  async #soon<T>(work: Work<T>): Promise<Result<T>> {
    if (this.#promptOpen) return fail(locked);
    const answered = new AbortController();
    const late = new AbortController();
    const attempt = this.#attempt(work, late.signal).finally(() => answered.abort());
    await Promise.race([attempt, this.#options.clock.sleep(PROMPT_MS, answered.signal)]);
    if (answered.signal.aborted) return await attempt;
    late.abort();
    this.#promptOpen = true;
    return fail(locked);
  }

  #attempt<T>(work: Work<T>, late?: AbortSignal): Promise<Result<T>> {
    return this.#turn.take(async () => {
      if (late?.aborted === true) return fail(locked);
      this.#isAsked = true;
      const result = await this.#try(work);
      this.#isAsked = false;
      if (this.#promptOpen) {
        this.#promptOpen = false;
        if (result.ok) this.#options.onOpened();
      }
      return result;
    });
  }

  async #try<T>(work: Work<T>): Promise<Result<T>> {
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
