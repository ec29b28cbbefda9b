import { beforeEach, describe, expect, it } from 'vitest';
import {
  Keychain,
  KEYCHAIN_SERVICE,
  SANDBOX_KEYCHAIN_SERVICE,
} from '../../../main/desktop/keychain.ts';
import { FakeClock, settle } from '../fake-clock.ts';
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
  /** How often the app was told that it is open. */
  opened: 0,
};
let clock = new FakeClock();

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
    findCredentials: (service) =>
      attempt(() =>
        [...fake.entries]
          .filter(([key]) => key.startsWith(`${service} `))
          .map(([key, password]) => ({ account: key.slice(service.length + 1), password })),
      ),
  };
}

function keychainOf({
  service = KEYCHAIN_SERVICE,
  platform = 'linux',
}: { service?: string; platform?: NodeJS.Platform } = {}): Keychain {
  const onOpened = (): void => {
    fake.opened += 1;
  };
  return new Keychain({ service, platform, clock, onOpened, load: fakeKeytar });
}

beforeEach(() => {
  fake.entries.clear();
  fake.fault = null;
  fake.forgets = false;
  fake.locked = false;
  fake.prompt = null;
  fake.asked = 0;
  fake.opened = 0;
  clock = new FakeClock();
});

describe('the keychain', () => {
  const keychain = keychainOf();

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
    const sandbox = keychainOf({ service: SANDBOX_KEYCHAIN_SERVICE });
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
    const failure = failureOf(await keychainOf({ platform }).read('c1'));
    expect(failure).toMatchObject({ code: 'keychainUnavailable', next });
    expect(failure.message).toContain(advice);
  });

  it('refuses on Windows what is longer than an entry there may be, and keeps what it had', async () => {
    const windows = keychainOf({ platform: 'win32' });
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
  let answer = (): void => undefined;

  beforeEach(() => {
    fake.entries.set('c1-xero c1', 'the-secret');
    fake.prompt = new Promise((resolve) => {
      answer = resolve;
    });
  });

  it('is one at a time, whatever is asked meanwhile', async () => {
    const keychain = keychainOf();
    const answers = Promise.all([keychain.read('c1'), keychain.read('c1'), keychain.erase('c1')]);
    await settle();
    expect(fake.asked).toBe(1);
    answer();
    const [first, second, erased] = await answers;
    expect([valueOf(first), valueOf(second)]).toEqual(['the-secret', 'the-secret']);
    valueOf(erased);
    expect(fake.entries.size).toBe(0);
    expect(fake.opened).toBe(0);
  });

  it('has half a minute; then reading says that it is locked, and at once from there on', async () => {
    const keychain = keychainOf();
    const reading = [keychain.read('c1'), keychain.keys(), keychain.read('c1')];
    await clock.untilAsleep(3);
    await clock.advance(29_999);
    expect(clock.asleep).toBe(3);
    await clock.advance(1);
    for (const read of reading) expect(failureOf(await read).code).toBe('keychainLocked');
    expect(failureOf(await keychain.read('c1')).code).toBe('keychainLocked');
    expect(fake.asked).toBe(1);
    expect(keychain.isAsked).toBe(true);
  });

  it('that is answered late is told once, and all goes on', async () => {
    const keychain = keychainOf();
    const reading = [keychain.read('c1'), keychain.read('c1')];
    await clock.untilAsleep(2);
    await clock.advance(30_000);
    await Promise.all(reading);
    answer();
    await settle();
    expect(fake).toMatchObject({ opened: 1, asked: 1 });
    expect(keychain.isAsked).toBe(false);
    expect(valueOf(await keychain.read('c1'))).toBe('the-secret');
  });

  it('that is turned down late leaves it locked, and the next read asks again', async () => {
    const keychain = keychainOf();
    const reading = keychain.read('c1');
    await clock.untilAsleep();
    await clock.advance(30_000);
    await reading;
    fake.fault = 'The prompt was dismissed';
    answer();
    await settle();
    expect(failureOf(await keychain.read('c1')).code).toBe('keychainLocked');
    expect(fake).toMatchObject({ opened: 0, asked: 2 });
  });

  it('is waited for by what stores: whether it will be stored isn’t known before', async () => {
    const keychain = keychainOf();
    const writing = keychain.write('xero/1', 'newer');
    const reading = keychain.read('c1');
    await clock.untilAsleep();
    await clock.advance(60_000);
    expect(failureOf(await reading).code).toBe('keychainLocked');
    answer();
    valueOf(await writing);
    expect(fake.entries.get('c1-xero xero/1')).toBe('newer');
    expect(fake.opened).toBe(1);
  });
});
