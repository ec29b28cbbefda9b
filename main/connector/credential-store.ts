import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { parseCredential, type Credential } from '../c1/credential.ts';
import type { SecretStore } from '../ports.ts';

/** The one keychain entry of the C1 credential, so that a switch is one write (product.md §5). */
const KEY = 'c1';

const Pair = z.object({ clientId: z.string(), secret: z.string(), addedAt: z.number() });
const Entry = z.object({ current: Pair, previous: Pair.optional() });

export interface StoredCredential {
  readonly credential: Credential;
  readonly addedAt: number;
}

const unreadable: Failure = {
  code: 'credentialMissing',
  message: 'The C1 credential in the keychain can’t be read. Paste it again.',
  next: 'pasteCredential',
};

/** Keeps the C1 credential in the keychain, and nowhere else. */
export class CredentialStore {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  async read(): Promise<Result<StoredCredential | null>> {
    const stored = await this.#secrets.read(KEY);
    if (!stored.ok) return stored;
    if (stored.value === null) return succeed(null);
    const entry = parseEntry(stored.value);
    if (entry === null) return fail(unreadable);
    const { clientId, secret, addedAt } = entry.current;
    const credential = parseCredential(clientId, secret);
    return credential.ok ? succeed({ credential: credential.value, addedAt }) : fail(unreadable);
  }

  /** Makes this the current credential; the one before it is kept beside it. */
  async write({ credential, addedAt }: StoredCredential): Promise<Result<void>> {
    const before = await this.#secrets.read(KEY);
    if (!before.ok) return before;
    const entry = before.value === null ? null : parseEntry(before.value);
    const current = {
      clientId: credential.clientId,
      secret: credential.secretForKeychain(),
      addedAt,
    };
    const same =
      entry?.current.clientId === current.clientId && entry.current.secret === current.secret;
    const previous = same ? entry.previous : entry?.current;
    return this.#secrets.write(KEY, JSON.stringify({ current, previous }));
  }

  erase(): Promise<Result<void>> {
    return this.#secrets.erase(KEY);
  }
}

function parseEntry(text: string): z.infer<typeof Entry> | null {
  try {
    return Entry.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
