import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SecretStore } from '../../../main/ports.ts';
import { succeed } from '../../../shared/errors.ts';

const Entries = z.record(z.string(), z.string());

/** Stands for the system's keychain, which outlives a killed app: each write is whole or not at all. */
export class SecretsFile implements SecretStore {
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async read(key: string) {
    return succeed((await this.#entries())[key] ?? null);
  }

  write(key: string, secret: string) {
    return this.#change((entries) => ({ ...entries, [key]: secret }));
  }

  erase(key: string) {
    return this.#change((entries) =>
      Object.fromEntries(Object.entries(entries).filter(([name]) => name !== key)),
    );
  }

  async #change(change: (entries: z.infer<typeof Entries>) => z.infer<typeof Entries>) {
    const changed = this.#writing.then(async () => {
      const entries = JSON.stringify(change(await this.#entries()));
      await writeFile(`${this.#path}.tmp`, entries, { mode: 0o600 });
      await rename(`${this.#path}.tmp`, this.#path);
    });
    this.#writing = changed;
    await changed;
    return succeed();
  }

  async #entries() {
    return Entries.parse(JSON.parse(await readFile(this.#path, 'utf8').catch(() => '{}')));
  }
}
