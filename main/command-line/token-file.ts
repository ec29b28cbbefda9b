import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { SecretStore } from '../ports.ts';

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

/**
 * Keeps the newest refresh token in a file (0600, replaced atomically) as
 * `{token, sha256 of the seed token, client id}`. The file wins unless the seed
 * has changed (product.md §6).
 */
export class TokenFile implements SecretStore {
  readonly #path: string;
  readonly #seed: Seed;

  constructor(path: string, seed: Seed) {
    this.#path = path;
    this.#seed = seed;
  }

  async read(): Promise<Result<string | null>> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return absent ? succeed(this.#seed.refreshToken) : fail(unusable('read'));
    }
    const content = parse(text);
    if (content === null) return fail(unusable('not a token file'));
    const sameSeed = content.seed === this.#seedHash && content.clientId === this.#seed.clientId;
    return succeed(sameSeed ? content.token : this.#seed.refreshToken);
  }

  async write(_key: string, token: string): Promise<Result<void>> {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    const content = { token, seed: this.#seedHash, clientId: this.#seed.clientId };
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(content)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
      return succeed();
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
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
