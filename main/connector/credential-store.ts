import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { RotationEndSchema } from '../../shared/rotation-schema.ts';
import { parseCredential } from '../c1/credential.ts';
import type { SecretStore } from '../ports.ts';
import type { Change, CredentialEntry, StoredCredential } from './credential-entry.ts';
import { Turn } from './turn.ts';

/** The one keychain entry of the C1 credential (product.md §5). */
const KEY = 'c1';

const Pair = z
  .object({
    clientId: z.string(),
    secret: z.string(),
    addedAt: z.number(),
    closed: z.literal(true).optional(),
  })
  .transform(({ clientId, secret, addedAt, closed }, context): StoredCredential => {
    const parsed = parseCredential(clientId, secret);
    if (parsed.ok) return { credential: parsed.value, addedAt, ...(closed && { closed }) };
    context.addIssue('no credential');
    return z.NEVER;
  });
/** Those that aren't in use may be unreadable: the current one works without them. */
const Spare = Pair.optional().catch(undefined);
const Entry = z
  .object({
    current: Pair,
    pending: Spare,
    previous: Spare,
    ended: RotationEndSchema.optional().catch(undefined),
  })
  .transform(({ current, pending, previous, ended }): CredentialEntry => ({
    current,
    ...(pending && { pending }),
    ...(previous && { previous }),
    ...(ended && { ended }),
  }));

const unreadable: Failure = {
  code: 'credentialMissing',
  message: say('credentialStore.theC1CredentialInThe'),
  next: 'pasteCredential',
};

/** There is no such credential (any more) to do this with. */
export const nothingToChange: Failure = {
  code: 'rotationOver',
  message: say('credentialStore.thatWasOverBeforeLook'),
  next: 'wait',
};

/** Keeps C1's credentials in the keychain, and nowhere else. */
export class CredentialStore {
  readonly #secrets: SecretStore;
  readonly #turn = new Turn();

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** Null where none is kept; fails with `credentialMissing` where nobody understands what is. */
  async read(): Promise<Result<CredentialEntry | null>> {
    const stored = await this.#secrets.read(KEY);
    if (!stored.ok) return stored;
    if (stored.value === null) return succeed(null);
    const entry = parseEntry(stored.value);
    return entry === null ? fail(unreadable) : succeed(entry);
  }

  /** Replaces the entry whole, by one write, with what is made of the one that is there; null where there is none. */
  replace(
    make: (before: CredentialEntry | null) => CredentialEntry,
  ): Promise<Result<CredentialEntry>> {
    return this.#turn.take(async () => {
      const before = await this.read();
      // What can't be read is of no use any more, and no reason to keep another out.
      if (!before.ok && before.failure !== unreadable) return before;
      return this.#write(make(before.ok ? before.value : null));
    });
  }

  /** Changes the entry by one write. Fails with `rotationOver` where there is nothing to change. */
  change(change: Change): Promise<Result<CredentialEntry>> {
    return this.#turn.take(async () => {
      const before = await this.read();
      if (!before.ok) return before;
      const after = before.value === null ? null : change(before.value);
      return after === null ? fail(nothingToChange) : this.#write(after);
    });
  }

  erase(): Promise<Result<void>> {
    return this.#turn.take(() => this.#secrets.erase(KEY));
  }

  async #write(entry: CredentialEntry): Promise<Result<CredentialEntry>> {
    const { current, pending, previous, ended } = entry;
    const text = JSON.stringify({
      current: pairOf(current),
      ...(pending && { pending: pairOf(pending) }),
      ...(previous && { previous: pairOf(previous) }),
      ...(ended && { ended }),
    });
    const written = await this.#secrets.write(KEY, text);
    return written.ok ? succeed(entry) : written;
  }
}

function pairOf({ credential, ...facts }: StoredCredential): z.input<typeof Pair> {
  return { clientId: credential.clientId, secret: credential.secretForKeychain(), ...facts };
}

function parseEntry(text: string): CredentialEntry | null {
  try {
    return Entry.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
