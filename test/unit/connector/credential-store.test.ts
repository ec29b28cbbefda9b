import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  adding,
  closing,
  dropping,
  reading,
  replacing,
  retiring,
  rollingBack,
  switching,
  type StoredCredential,
} from '../../../main/connector/credential-entry.ts';
import { CredentialStore } from '../../../main/connector/credential-store.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from '../c1/credentials.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';

const [SECRET_A, SECRET_B] = [makeSecret(makeKey()), makeSecret(makeKey())];
const OTHER_ID = 'calm-heron-54321@acme.conductor.one/ccc';
const A = { credential: makeCredential(CLIENT_ID, SECRET_A), addedAt: 1 };
const B = { credential: makeCredential(OTHER_ID, SECRET_B), addedAt: 2 };
const PAIR_A = { clientId: CLIENT_ID, secret: SECRET_A, addedAt: 1 };
const PAIR_B = { clientId: OTHER_ID, secret: SECRET_B, addedAt: 2 };

const Part = z.object({ clientId: z.string(), secret: z.string(), addedAt: z.number() });
const Entry = z.strictObject({
  current: Part,
  pending: Part.optional(),
  previous: Part.optional(),
  ended: z.unknown().optional(),
});
const gone = (pair: { clientId: string; addedAt: number }) => ({
  clientId: pair.clientId,
  host: 'acme.conductor.one',
  addedAt: pair.addedAt,
});

function storing() {
  const secrets = new MemorySecrets();
  const store = new CredentialStore(secrets);
  const entry = () => Entry.parse(JSON.parse(secrets.entries.get('c1') ?? ''));
  const take = async (fresh: StoredCredential) =>
    valueOf(await store.replace((before) => replacing(before, fresh)));
  return { store, secrets, entry, take };
}

describe('the stored C1 credential', () => {
  it('is none at first', async () => {
    const { store } = storing();
    expect(valueOf(await store.read())).toBeNull();
    expect(failureOf(await store.change(switching)).code).toBe('rotationOver');
  });

  it('comes back whole', async () => {
    const { store, take } = storing();
    await take(A);
    const stored = valueOf(await store.read())?.current;
    expect(stored?.addedAt).toBe(1);
    expect(stored?.credential.clientId).toBe(A.credential.clientId);
    expect(stored?.credential.secretForKeychain()).toBe(SECRET_A);
  });

  it('is replaced in one write, with the one before it kept beside', async () => {
    const { secrets, entry, take } = storing();
    await take(A);
    await take(B);
    expect(secrets.changes).toEqual(['write c1', 'write c1']);
    expect(entry()).toEqual({ current: PAIR_B, previous: PAIR_A });
  });

  it('keeps a secret that was replaced under the same Client ID', async () => {
    const { entry, take } = storing();
    await take(A);
    await take({ credential: makeCredential(CLIENT_ID, SECRET_B), addedAt: 3 });
    expect(entry().previous?.secret).toBe(SECRET_A);
  });

  it('doesn’t lose the previous one when the same is pasted twice', async () => {
    const { entry, take } = storing();
    for (const each of [A, B, { ...B, addedAt: 4 }]) await take(each);
    expect(entry()).toMatchObject({
      current: { clientId: OTHER_ID, addedAt: 4 },
      previous: { clientId: CLIENT_ID },
    });
  });

  it('changes by one write at each step of a rotation', async () => {
    const { store, secrets, entry, take } = storing();
    await take(A);
    valueOf(await store.change(adding(B)));
    expect(entry()).toEqual({ current: PAIR_A, pending: PAIR_B });
    valueOf(await store.change(switching));
    expect(entry()).toEqual({ current: PAIR_B, previous: PAIR_A });
    valueOf(await store.change(retiring));
    // Told until the admin has read it, by its public part.
    const ended = { how: 'done', gone: gone(PAIR_A) };
    expect(entry()).toEqual({ current: PAIR_B, ended });
    expect(valueOf(await store.read())?.ended).toEqual(ended);
    valueOf(await store.change(reading));
    expect(entry()).toEqual({ current: PAIR_B });
    expect(secrets.changes).toHaveLength(5);
  });

  it('goes back to the one before by one write, and lets one go that isn’t wanted', async () => {
    const { store, entry, take } = storing();
    await take(A);
    await take(B);
    valueOf(await store.change(rollingBack));
    expect(entry()).toEqual({ current: PAIR_A, ended: { how: 'rolledBack', gone: gone(PAIR_B) } });
    valueOf(await store.change(adding(B)));
    valueOf(await store.change(dropping));
    expect(entry()).toEqual({ current: PAIR_A });
  });

  it.each([
    ['switched', switching],
    ['dropped', dropping],
    ['retired', retiring],
    ['rolled back', rollingBack],
    ['closed', closing],
    ['read', reading],
  ])('isn’t %s where there is nothing for it, and nothing is written', async (_what, change) => {
    const { store, secrets, take } = storing();
    await take(A);
    expect(failureOf(await store.change(change)).code).toBe('rotationOver');
    expect(secrets.changes).toHaveLength(1);
  });

  it('loses no change when two come at once', async () => {
    const { store, entry, take } = storing();
    await take(A);
    await take(B);
    await Promise.all([store.change(retiring), store.change(adding(A))]);
    expect(entry()).toEqual({ current: PAIR_B, pending: PAIR_A });
  });

  it.each([
    ['is no JSON', 'not json'],
    ['has another shape', '{"pairs":[]}'],
    [
      'holds a broken secret',
      JSON.stringify({ current: { clientId: CLIENT_ID, secret: 'x', addedAt: 1 } }),
    ],
  ])('asks to be pasted again when its entry %s', async (_what, text) => {
    const { store, secrets, take } = storing();
    secrets.entries.set('c1', text);
    expect(failureOf(await store.read())).toMatchObject({
      code: 'credentialMissing',
      next: 'pasteCredential',
    });
    await take(A);
    expect(valueOf(await store.read())?.current.addedAt).toBe(1);
  });

  it('works without those beside it that can’t be read', async () => {
    const { store, secrets } = storing();
    const broken = { clientId: OTHER_ID, secret: 'x', addedAt: 2 };
    secrets.entries.set(
      'c1',
      JSON.stringify({ current: PAIR_A, pending: broken, previous: 'broken' }),
    );
    const entry = valueOf(await store.read());
    expect(entry?.current.credential.clientId).toBe(CLIENT_ID);
    expect([entry?.pending, entry?.previous]).toEqual([undefined, undefined]);
  });

  it('tells a locked keychain from an empty one', async () => {
    const { store, secrets } = storing();
    secrets.locked = true;
    expect(failureOf(await store.read()).code).toBe('keychainLocked');
    const taken = await store.replace((before) => replacing(before, A));
    expect(failureOf(taken).code).toBe('keychainLocked');
  });

  it('is erased', async () => {
    const { store, secrets, take } = storing();
    await take(A);
    valueOf(await store.erase());
    expect(secrets.entries.size).toBe(0);
  });
});
