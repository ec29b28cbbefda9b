import { succeed, type Result } from '../../shared/errors.ts';
import type { Random, SecretStore } from '../ports.ts';
import { KEY_LENGTH } from './seal.ts';

/** The keychain's entry with the key that seals personal data at rest (product.md §5). */
export const DATA_KEY = 'data-key';

/** Makings under way: two files that begin at once must not make two keys. */
const makings = new WeakMap<SecretStore, Promise<Result<Uint8Array>>>();

/** The data key, or null when there is none, or none that can be one. */
export async function readDataKey(secrets: SecretStore): Promise<Result<Uint8Array | null>> {
  const stored = await secrets.read(DATA_KEY);
  if (!stored.ok) return stored;
  const key = Buffer.from(stored.value ?? '', 'base64');
  return succeed(key.length === KEY_LENGTH ? key : null);
}

/** The data key; where there is none it is made, and in the keychain before it is used. */
export async function haveDataKey(
  secrets: SecretStore,
  random: Random,
): Promise<Result<Uint8Array>> {
  const under = makings.get(secrets);
  if (under !== undefined) return await under;
  const making = readOrMake(secrets, random).finally(() => makings.delete(secrets));
  makings.set(secrets, making);
  return await making;
}

async function readOrMake(secrets: SecretStore, random: Random): Promise<Result<Uint8Array>> {
  const there = await readDataKey(secrets);
  if (!there.ok) return there;
  if (there.value !== null) return succeed(there.value);
  const made = random.bytes(KEY_LENGTH);
  const written = await secrets.write(DATA_KEY, Buffer.from(made).toString('base64'));
  return written.ok ? succeed(made) : written;
}
