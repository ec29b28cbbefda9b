import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { SecretStore } from '../ports.ts';
import type { InstanceLock } from './instance-lock.ts';
import { readPrivate, replacePrivate } from './private-file.ts';

const Content = z.object({ token: z.string(), seed: z.string(), clientId: z.string() });

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

  /** The lock must be held already: whoever else has the file would spend the same token. */
  constructor(path: string, seed: Seed, lock: Pick<InstanceLock, 'isHeld'>) {
    this.#path = path;
    this.#seed = seed;
    this.#lock = lock;
  }

  async read(): Promise<Result<string | null>> {
    if (!(await this.#lock.isHeld())) return fail(takenOver);
    let text: string | null;
    try {
      text = await readPrivate(this.#path);
    } catch {
      return fail(unusable('read'));
    }
    if (text === null) return succeed(this.#seed.refreshToken);
    const content = parse(text);
    if (content === null) return fail(unusable('not a token file'));
    const sameSeed = content.seed === this.#seedHash && content.clientId === this.#seed.clientId;
    return succeed(sameSeed ? content.token : this.#seed.refreshToken);
  }

  async write(_key: string, token: string): Promise<Result<void>> {
    const content = { token, seed: this.#seedHash, clientId: this.#seed.clientId };
    try {
      await replacePrivate(this.#path, `${JSON.stringify(content)}\n`);
      return succeed();
    } catch {
      return fail(unusable('write'));
    }
  }

  async erase(): Promise<Result<void>> {
    await rm(this.#path, { force: true });
    return succeed();
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

function parse(text: string): z.infer<typeof Content> | null {
  try {
    return Content.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
