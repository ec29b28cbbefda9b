import { beforeEach, describe, expect, it } from 'vitest';
import { Keychain, SANDBOX_KEYCHAIN_SERVICE } from '../../../main/desktop/keychain.ts';
import { settle } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';

type Keytar = typeof import('keytar');

const fake = {
  entries: new Map<string, string>(),
  fault: null as string | null,
  forgets: false,
  /** Libsecret's way: a locked keychain reads as empty, and refuses to be written. */
  locked: false,
  /** Its prompt is open: nothing is answered before this is. */
  prompt: null as Promise<void> | null,
  asked: 0,
};

function fakeKeytar(): Keytar {
  const attempt = async <T>(work: () => T): Promise<T> => {
    fake.asked += 1;
    await fake.prompt;
    if (fake.fault !== null) throw new Error(fake.fault);
    return work();
  };
  const name = (service: string, account: string) => `${service} ${account}`;
  const unasked = () => Promise.reject(new Error('nobody asks for that'));
  return {
    getPassword: (service, account) =>
      attempt(() => (fake.locked ? null : (fake.entries.get(name(service, account)) ?? null))),
    setPassword: (service, account, secret) =>
      attempt(() => {
        if (fake.locked) throw new Error('Cannot create an item in a locked collection');
        if (!fake.forgets) fake.entries.set(name(service, account), secret);
      }),
    deletePassword: (service, account) =>
      attempt(() => fake.entries.delete(name(service, account))),
    findPassword: unasked,
    findCredentials: unasked,
  };
}

beforeEach(() => {
  fake.entries.clear();
  fake.fault = null;
  fake.forgets = false;
  fake.locked = false;
  fake.prompt = null;
  fake.asked = 0;
});

describe('the keychain', () => {
  const keychain = new Keychain('c1-xero', 'linux', fakeKeytar);

  it('keeps a secret under the app’s name, and erases it', async () => {
    expect(valueOf(await keychain.read('c1'))).toBeNull();
    valueOf(await keychain.write('c1', 'the-secret'));
    expect(fake.entries.get('c1-xero c1')).toBe('the-secret');
    expect(valueOf(await keychain.read('c1'))).toBe('the-secret');
    valueOf(await keychain.erase('c1'));
    valueOf(await keychain.erase('c1'));
    expect(fake.entries.has('c1-xero c1')).toBe(false);
  });

  it('holds the sandbox’s secrets apart, so that a demo touches none of the real ones', async () => {
    valueOf(await keychain.write('c1', 'the-real-one'));
    const sandbox = new Keychain(SANDBOX_KEYCHAIN_SERVICE, 'linux', fakeKeytar);
    expect(valueOf(await sandbox.read('c1'))).toBeNull();
    valueOf(await sandbox.erase('c1'));
    expect(valueOf(await keychain.read('c1'))).toBe('the-real-one');
  });

  it('isn’t believed when it only seems to keep', async () => {
    fake.forgets = true;
    expect(failureOf(await keychain.write('c1', 'the-secret')).code).toBe('keychainUnavailable');
  });

  it.each([
    ['Secret Service', 'Cannot create an item in a locked collection'],
    ['the unlock prompt', 'The prompt was dismissed'],
    ['macOS', 'User interaction is not allowed. (-25308)'],
  ])('is told to be locked when %s says so', async (_who, fault) => {
    fake.fault = fault;
    for (const result of [
      await keychain.read('c1'),
      await keychain.write('c1', 'the-secret'),
      await keychain.erase('c1'),
    ]) {
      expect(failureOf(result)).toMatchObject({ code: 'keychainLocked', next: 'unlockKeychain' });
    }
  });

  it.each([
    ['linux', 'installKeychain', 'gnome-keyring'],
    ['darwin', 'tryAgain', 'Restart the computer'],
    ['win32', 'tryAgain', 'Restart the computer'],
  ] as const)('is told to be absent on %s, with what to do', async (platform, next, advice) => {
    fake.fault = 'The name org.freedesktop.secrets was not provided by any .service files';
    const failure = failureOf(await new Keychain('c1-xero', platform, fakeKeytar).read('c1'));
    expect(failure).toMatchObject({ code: 'keychainUnavailable', next });
    expect(failure.message).toContain(advice);
  });

  it('refuses on Windows what is longer than an entry there may be, and keeps what it had', async () => {
    const windows = new Keychain('c1-xero', 'win32', fakeKeytar);
    const longest = `${'x'.repeat(2558)}é`;
    valueOf(await windows.write('c1', longest));
    const failure = failureOf(await windows.write('c1', `${longest}x`));
    expect(failure).toMatchObject({ code: 'keychainUnavailable', next: 'reportProblem' });
    expect(failure.message).toContain('2,560 bytes');
    expect(valueOf(await windows.read('c1'))).toBe(longest);
    valueOf(await keychain.write('c1', `${longest}x`));
  });

  it('never repeats the secret in a failure', async () => {
    fake.fault = 'could not store the-secret';
    expect(JSON.stringify(await keychain.write('c1', 'the-secret'))).not.toContain('the-secret');
  });

  it('is told to be locked where it only seems empty', async () => {
    valueOf(await keychain.write('c1', 'the-secret'));
    fake.locked = true;
    const failure = failureOf(await keychain.read('c1'));
    expect(failure).toMatchObject({ code: 'keychainLocked', next: 'unlockKeychain' });
    fake.locked = false;
    expect(valueOf(await keychain.read('c1'))).toBe('the-secret');
  });
});

describe('the prompt of a locked keychain', () => {
  it('is one at a time, whatever is asked meanwhile', async () => {
    const keychain = new Keychain('c1-xero', 'linux', fakeKeytar);
    let answer = (): void => undefined;
    fake.prompt = new Promise((resolve) => {
      answer = resolve;
    });
    fake.entries.set('c1-xero c1', 'the-secret');
    const answers = Promise.all([keychain.read('c1'), keychain.read('c1'), keychain.erase('c1')]);
    await settle();
    expect(fake.asked).toBe(1);
    answer();
    const [first, second, erased] = await answers;
    expect([valueOf(first), valueOf(second)]).toEqual(['the-secret', 'the-secret']);
    valueOf(erased);
    expect(fake.entries.size).toBe(0);
  });
});
