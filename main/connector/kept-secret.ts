import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { SecretStore } from '../ports.ts';
import { secretMissing } from '../xero/app-failures.ts';

/** A Xero app's client secret in the keychain, read when it is first needed. */
export class KeptSecret {
  readonly #secrets: SecretStore;
  readonly #key: string;
  #known: string | null;

  /** @param known the secret, where it was pasted just now */
  constructor(secrets: SecretStore, key: string, known: string | null) {
    this.#secrets = secrets;
    this.#key = key;
    this.#known = known;
  }

  /** Fails with `xeroSecretInvalid` where the keychain has none. */
  async read(): Promise<Result<string>> {
    if (this.#known !== null) return succeed(this.#known);
    const stored = await this.#secrets.read(this.#key);
    if (!stored.ok) return stored;
    if (stored.value === null) return fail(secretMissing);
    this.#known = stored.value;
    return succeed(stored.value);
  }

  /** Uses the secret once the keychain holds it. */
  async keep(secret: string): Promise<Result<void>> {
    const stored = await this.#secrets.write(this.#key, secret);
    if (stored.ok) this.#known = secret;
    return stored;
  }

  async erase(): Promise<Result<void>> {
    const erased = await this.#secrets.erase(this.#key);
    if (erased.ok) this.#known = null;
    return erased;
  }
}
