import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CredentialStore } from '../../../main/connector/credential-store.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from '../c1/credentials.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';

const [SECRET_A, SECRET_B] = [makeSecret(makeKey()), makeSecret(makeKey())];
const OTHER_ID = 'calm-heron-54321@acme.conductor.one/ccc';
const A = { credential: makeCredential(CLIENT_ID, SECRET_A), addedAt: 1 };
const B = { credential: makeCredential(OTHER_ID, SECRET_B), addedAt: 2 };

const Part = z.object({ clientId: z.string(), secret: z.string(), addedAt: z.number() });
const Entry = z.strictObject({ current: Part, previous: Part.optional() });

function storing() {
  const secrets = new MemorySecrets();
  const entry = () => Entry.parse(JSON.parse(secrets.entries.get('c1') ?? ''));
  return { store: new CredentialStore(secrets), secrets, entry };
}

describe('the stored C1 credential', () => {
  it('is none at first', async () => {
    expect(valueOf(await storing().store.read())).toBeNull();
  });

  it('comes back whole', async () => {
    const { store } = storing();
    valueOf(await store.write(A));
    const stored = valueOf(await store.read());
    expect(stored?.addedAt).toBe(1);
    expect(stored?.credential.clientId).toBe(A.credential.clientId);
    expect(stored?.credential.secretForKeychain()).toBe(SECRET_A);
  });

  it('is switched in one write, with the one before it kept beside', async () => {
    const { store, secrets, entry } = storing();
    valueOf(await store.write(A));
    valueOf(await store.write(B));
    expect(secrets.changes).toEqual(['write c1', 'write c1']);
    expect(entry()).toEqual({
      current: { clientId: OTHER_ID, secret: SECRET_B, addedAt: 2 },
      previous: { clientId: CLIENT_ID, secret: SECRET_A, addedAt: 1 },
    });
    expect(valueOf(await store.read())?.credential.clientId).toBe(OTHER_ID);
  });

  it('keeps a secret that was replaced under the same Client ID', async () => {
    const { store, entry } = storing();
    valueOf(await store.write(A));
    valueOf(await store.write({ credential: makeCredential(CLIENT_ID, SECRET_B), addedAt: 3 }));
    expect(entry().previous?.secret).toBe(SECRET_A);
  });

  it('doesn’t lose the previous one when the same is pasted twice', async () => {
    const { store, entry } = storing();
    for (const each of [A, B, { ...B, addedAt: 4 }]) valueOf(await store.write(each));
    expect(entry()).toMatchObject({
      current: { clientId: OTHER_ID, addedAt: 4 },
      previous: { clientId: CLIENT_ID },
    });
  });

  it.each([
    ['is no JSON', 'not json'],
    ['has another shape', '{"pairs":[]}'],
    [
      'holds a broken secret',
      JSON.stringify({ current: { clientId: CLIENT_ID, secret: 'x', addedAt: 1 } }),
    ],
  ])('asks to be pasted again when its entry %s', async (_what, text) => {
    const { store, secrets } = storing();
    secrets.entries.set('c1', text);
    expect(failureOf(await store.read())).toMatchObject({
      code: 'credentialMissing',
      next: 'pasteCredential',
    });
    valueOf(await store.write(A));
    expect(valueOf(await store.read())?.addedAt).toBe(1);
  });

  it('tells a locked keychain from an empty one', async () => {
    const { store, secrets } = storing();
    secrets.locked = true;
    expect(failureOf(await store.read()).code).toBe('keychainLocked');
    expect(failureOf(await store.write(A)).code).toBe('keychainLocked');
  });

  it('is erased', async () => {
    const { store, secrets } = storing();
    valueOf(await store.write(A));
    valueOf(await store.erase());
    expect(secrets.entries.size).toBe(0);
  });
});
