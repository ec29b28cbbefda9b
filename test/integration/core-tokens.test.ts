import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../unit/fake-clock.ts';
import { DONE, EVERY, KAURI, openDesk, refused } from './core-desk.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A promise, and what resolves it. */
function gate(): readonly [opened: Promise<void>, open: () => void] {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [opened, () => open()];
}

describe('Xero’s refresh token', () => {
  it('is in the keychain before its access token is used', async () => {
    const desk = await openDesk();
    const { xero } = desk.sandbox;
    const lastCallBeforeWrite: (string | undefined)[] = [];
    desk.keychain.beforeWrite = (key) => {
      if (key.startsWith('xero/')) lastCallBeforeWrite.push(xero.requests().at(-1)?.endpoint);
    };
    await desk.signIn();
    await desk.until(() => desk.organisation(KAURI)?.state.kind === 'read');
    xero.expireAccessTokens();
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
    expect(lastCallBeforeWrite).toEqual(['token', 'token']);
  });

  it('is spent once, however many calls find the access token expired', async () => {
    const desk = await openDesk();
    const { xero } = desk.sandbox;
    await desk.signInFor(EVERY);
    const before = desk.calls('token');
    xero.fail({ endpoint: 'users', fault: { kind: 'status', status: 401 }, times: 3 });
    const looks = [desk.intents.checkXeroNow(), desk.intents.checkXeroNow()];
    expect(await Promise.all(looks)).toMatchObject([DONE, DONE]);
    expect(desk.calls('token')).toBe(before + 1);
    expect(desk.snapshot.sync).toMatchObject({ kind: 'done' });
  });

  it('still works when the answer with its successor was lost', async () => {
    const desk = await openDesk();
    const { xero } = desk.sandbox;
    await desk.signIn();
    await desk.until(() => desk.organisation(KAURI)?.state.kind === 'read');
    const kept = new Map(desk.keychain.entries);
    xero.expireAccessTokens();
    xero.fail({ endpoint: 'token', fault: { kind: 'answerLost' } });
    expect(await desk.intents.checkXeroNow()).toMatchObject(refused('xeroUnreachable', 'wait'));
    expect(desk.keychain.entries).toEqual(kept);
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);

    xero.ageRefreshTokens(20 * MINUTE);
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
    expect(desk.keychain.entries).not.toEqual(kept);
  });
});

describe('quitting', () => {
  it('waits for a token that is being replaced, whose successor would be lost', async () => {
    const desk = await openDesk({ clock: new FakeClock() });
    await desk.signIn();
    await desk.until(() => desk.organisation(KAURI)?.state.kind === 'read');
    desk.sandbox.xero.expireAccessTokens();
    const [writing, reached] = gate();
    const [mayWrite, open] = gate();
    desk.keychain.beforeWrite = () => {
      reached();
      return mayWrite;
    };
    const looking = desk.intents.checkXeroNow();
    await writing;
    const stopped = desk.connector.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, settle()])).toBeUndefined();
    open();
    await stopped;
    expect(desk.keychain.written.filter(({ key }) => key.startsWith('xero/'))).toHaveLength(2);
    expect(await looking).toMatchObject({ ok: false });
  });
});

describe('a sign-in that Xero no longer honours', () => {
  it.each([
    ['after 60 days without use', 61 * DAY, null],
    ['when a lost answer is older than Xero’s grace', 31 * MINUTE, 'answerLost'],
  ] as const)('%s asks to sign in again, and goes on from there', async (_when, age, fault) => {
    const desk = await openDesk();
    const { xero, c1 } = desk.sandbox;
    await desk.signIn();
    await desk.connectC1();
    if (fault !== null) {
      xero.expireAccessTokens();
      xero.fail({ endpoint: 'token', fault: { kind: fault } });
      await desk.intents.checkXeroNow();
    }
    xero.expireAccessTokens();
    xero.ageRefreshTokens(age);

    const task = await desk.syncNow();
    expect(task).toMatchObject({ outcome: { ok: false, code: 16, nonRetryable: false } });
    expect(desk.snapshot.xero).toMatchObject([
      { state: { kind: 'needsSignIn', because: { code: 'xeroSignedOut', next: 'signInToXero' } } },
    ]);
    expect(c1.uploads()).toEqual([]);

    expect(await desk.signIn()).toMatchObject(DONE);
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });
});

describe('a sign-in that can’t be renewed', () => {
  it('warns after 30 days, however often the app is started meanwhile', async () => {
    const clock = new FakeClock();
    const desk = await openDesk({ clock });
    await desk.signIn();
    await desk.until(() => desk.organisation(KAURI)?.state.kind === 'read');
    const { xero } = desk.sandbox;
    xero.fail({ endpoint: 'token', fault: { kind: 'reset' }, times: 1000 });
    const lookAfter = async (days: number) => {
      await desk.connector.stop();
      await clock.suspend(days * DAY);
      await desk.restart();
      return desk.intents.checkXeroNow();
    };
    expect(JSON.stringify(await lookAfter(15))).not.toContain('60 days');
    expect(JSON.stringify(await lookAfter(14))).not.toContain('60 days');
    expect(await lookAfter(2)).toMatchObject(refused('xeroUnreachable', 'wait'));
    expect(desk.snapshot.sync).toMatchObject({
      kind: 'failed',
      because: { message: expect.stringMatching(/60 days.*31 days ago/) as string },
    });

    xero.clearFaults();
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
    xero.fail({ endpoint: 'token', fault: { kind: 'reset' }, times: 1000 });
    expect(JSON.stringify(await lookAfter(15))).not.toContain('60 days');
  });
});
