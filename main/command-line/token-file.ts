import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { SecretStore } from '../ports.ts';
import type { InstanceLock } from './instance-lock.ts';
import { finishReplacing, readPrivate, replacePrivate } from './private-file.ts';

const Content = z.object({ token: z.string(), seed: z.string(), clientId: z.string() });
type Content = z.infer<typeof Content>;

/** Where the first token came from: flag or environment. */
export interface Seed {
  readonly refreshToken: string;
  readonly clientId: string;
}

const unusable = (detail: string): Failure => ({
  code: 'diskFailed',
  message: 'The token file can’t be read or written. Check its path and permissions.',
  next: 'tryAgain',
  detail,
});

const takenOver: Failure = {
  code: 'inUse',
  message: 'Another c1-xero has taken over the token file. Stop one of the two, then start again.',
  next: 'tryAgain',
};

/**
 * Keeps the newest refresh token in a file (0600, replaced atomically) as
 * `{token, sha256 of the seed token, client id}`. The file wins unless the seed
 * has changed (product.md §6).
 */
export class TokenFile implements SecretStore {
  readonly #path: string;
  readonly #seed: Seed;
  readonly #lock: Pick<InstanceLock, 'isHeld'>;
  /** What was given out last. */
  #given: string | null = null;
  #opened = false;

  /** The lock must be held already: whoever else has the file would spend the same token. */
  constructor(path: string, seed: Seed, lock: Pick<InstanceLock, 'isHeld'>) {
    this.#path = path;
    this.#seed = seed;
    this.#lock = lock;
  }

  async read(): Promise<Result<string | null>> {
    if (!(await this.#lock.isHeld())) return fail(takenOver);
    try {
      await this.#open();
    } catch {
      return fail(unusable('read'));
    }
    const token = await this.#token();
    if (token.ok) this.#given = token.value;
    return token;
  }

  async write(_key: string, token: string): Promise<Result<void>> {
    // Lost while Xero was asked: the new token is stored unless the new holder has stored one.
    if (!(await this.#lock.isHeld())) {
      const now = await this.#token();
      if (!now.ok || now.value !== this.#given) return fail(takenOver);
    }
    const content = { token, seed: this.#seedHash, clientId: this.#seed.clientId };
    try {
      await replacePrivate(this.#path, `${JSON.stringify(content)}\n`);
    } catch {
      return fail(unusable('write'));
    }
    const kept = await this.#token();
    return kept.ok && kept.value === token ? succeed() : fail(unusable('write'));
  }

  async erase(): Promise<Result<void>> {
    await rm(this.#path, { force: true });
    return succeed();
  }

  /** What a crash left half done: the newest token may be in it, and the older one spent. */
  async #open(): Promise<void> {
    if (this.#opened) return;
    await finishReplacing(this.#path, (text) => this.#isOurs(parse(text)));
    this.#opened = true;
  }

  async #token(): Promise<Result<string>> {
    let text: string | null;
    try {
      text = await readPrivate(this.#path);
    } catch {
      return fail(unusable('read'));
    }
    if (text === null) return succeed(this.#seed.refreshToken);
    const content = parse(text);
    if (content === null) return fail(unusable('not a token file'));
    return succeed(this.#isOurs(content) ? content.token : this.#seed.refreshToken);
  }

  #isOurs(content: Content | null): content is Content {
    return content?.seed === this.#seedHash && content.clientId === this.#seed.clientId;
  }

  get #seedHash(): string {
    return createHash('sha256').update(this.#seed.refreshToken).digest('hex');
  }
}

/** Holds the token for this process alone, and tells once that the seed is spent. */
export class SpentToken implements SecretStore {
  #token: string;
  readonly #onSpent: () => void;
  #told = false;

  constructor(refreshToken: string, onSpent: () => void) {
    this.#token = refreshToken;
    this.#onSpent = onSpent;
  }

  read(): Promise<Result<string | null>> {
    return Promise.resolve(succeed(this.#token));
  }

  write(_key: string, token: string): Promise<Result<void>> {
    this.#token = token;
    if (!this.#told) this.#onSpent();
    this.#told = true;
    return Promise.resolve(succeed());
  }

  erase(): Promise<Result<void>> {
    return Promise.resolve(succeed());
  }
}

function parse(text: string): Content | null {
  try {
    return Content.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
