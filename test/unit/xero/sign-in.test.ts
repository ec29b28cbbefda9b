import { describe, expect, it } from 'vitest';
import { signInDenied } from '../../../main/xero/errors.ts';
import { signIn, type SignedIn, type SignInProgress } from '../../../main/xero/sign-in.ts';
import { fail, succeed, type Failure, type Result } from '../../../shared/errors.ts';
import { Watched } from '../c1/loop.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { keychainLocked } from '../store/memory-secrets.ts';
import { freePort, hold, release } from './ports.ts';

const STATE = 'the-right-state';
const ADDRESS = `https://login.xero.example/authorize?state=${STATE}`;
const SIGNED_IN: SignedIn = {
  tokens: { accessToken: 'access', refreshToken: 'refresh', expiresAt: 0 },
  who: { name: 'Ana Reyes', email: 'ana@harbour.example', subject: 's' },
};
const noBrowser: Failure = { code: 'browserUnavailable', message: 'None.', next: 'copyAddress' };

interface Given {
  readonly browser?: Result<void>;
  readonly exchanged?: Result<SignedIn>;
  readonly adopted?: Result<void>;
}

/** A sign-in on a free port; `comeBack` is the browser's return from Xero. */
async function signingIn(given: Given = {}) {
  const { browser = succeed(), exchanged = succeed(SIGNED_IN), adopted = succeed() } = given;
  const port = await freePort();
  const clock = new FakeClock();
  const progress = new Watched<SignInProgress>();
  const stop = new AbortController();
  const happened: string[] = [];
  const run = () =>
    signIn(
      {
        identity: {
          authorize: (redirectUri) => {
            happened.push(`asked for ${redirectUri}`);
            const exchange = (url: URL) => {
              happened.push(`exchanged ${url.searchParams.get('code')}`);
              return Promise.resolve(exchanged);
            };
            return Promise.resolve(succeed({ address: ADDRESS, state: STATE, exchange }));
          },
        },
        browser: {
          open: (address) => {
            happened.push(`opened ${address}`);
            return Promise.resolve(browser);
          },
        },
        clock,
        ports: [port],
        adopt: ({ tokens }) => {
          happened.push(`adopted ${tokens.accessToken}`);
          return Promise.resolve(adopted);
        },
        onProgress: progress.add,
      },
      stop.signal,
    );
  const comeBack = async (query = `code=the-code&state=${STATE}`) => {
    const response = await fetch(`http://localhost:${port}/callback?${query}`);
    return { status: response.status, page: await response.text() };
  };
  const waiting = () => progress.until(({ kind }) => kind === 'browser');
  return { port, clock, progress, stop, happened, run, comeBack, waiting };
}

/** The port is free again: another program can take it. */
async function expectFree(port: number): Promise<void> {
  await release(await hold(port, '127.0.0.1'));
}

describe('a sign-in to Xero', () => {
  it('opens the browser, takes the answer, keeps the tokens, and only then says so', async () => {
    const { port, run, waiting, comeBack, happened, progress } = await signingIn();
    const outcome = run();
    await waiting();
    const { status, page } = await comeBack();
    expect(valueOf(await outcome)).toEqual(SIGNED_IN);
    expect(status).toBe(200);
    expect(page).toContain('Signed in to Xero');
    expect(happened).toEqual([
      `asked for http://localhost:${port}/callback`,
      `opened ${ADDRESS}`,
      'exchanged the-code',
      'adopted access',
    ]);
    expect(progress.all).toEqual([
      { kind: 'waiting', address: ADDRESS, redirectUri: `http://localhost:${port}/callback` },
      { kind: 'browser', state: 'opened' },
      { kind: 'finishing' },
    ]);
    await expectFree(port);
  });

  it('goes on by hand where no browser can be opened: the address is there', async () => {
    const { run, waiting, comeBack, progress } = await signingIn({ browser: fail(noBrowser) });
    const outcome = run();
    await waiting();
    expect(progress.all).toMatchObject([
      { kind: 'waiting', address: ADDRESS },
      { kind: 'browser', state: 'failed' },
    ]);
    await comeBack();
    valueOf(await outcome);
  });

  it('ends after five minutes without an answer, with advice about Xero’s own error page', async () => {
    const { port, run, waiting, clock } = await signingIn();
    const outcome = run();
    await waiting();
    await clock.untilAsleep();
    await clock.advance(5 * 60_000 - 1);
    expect(clock.asleep).toBe(1);
    await clock.advance(1);
    const failure = failureOf(await outcome);
    expect(failure.code).toBe('signInTimedOut');
    expect(failure.message).toContain('redirect URIs');
    await expectFree(port);
  });

  it('ends when it is cancelled, and frees its port', async () => {
    const { port, run, waiting, stop } = await signingIn();
    const outcome = run();
    await waiting();
    stop.abort();
    expect(failureOf(await outcome).code).toBe('signInCancelled');
    await expectFree(port);
  });

  it('opens no browser when it was cancelled before', async () => {
    const { port, run, stop, happened } = await signingIn();
    stop.abort();
    expect(failureOf(await run()).code).toBe('signInCancelled');
    expect(happened).not.toContain(`opened ${ADDRESS}`);
    await expectFree(port);
  });

  it('leaves no timer behind once it is answered', async () => {
    const { run, waiting, comeBack, clock } = await signingIn();
    const outcome = run();
    await waiting();
    await comeBack();
    await outcome;
    expect(clock.asleep).toBe(0);
  });

  it('tells of an answer that belongs to another sign-in, and goes on waiting', async () => {
    const { run, waiting, comeBack, progress } = await signingIn();
    const outcome = run();
    await waiting();
    expect((await comeBack('code=c&state=another')).status).toBe(400);
    expect(progress.all.at(-1)).toMatchObject({
      kind: 'stray',
      failure: { code: 'signInStateMismatch' },
    });
    await comeBack();
    valueOf(await outcome);
  });

  it('shows in the browser too that access was not allowed', async () => {
    const { run, waiting, comeBack, happened } = await signingIn({ exchanged: fail(signInDenied) });
    const outcome = run();
    await waiting();
    const { status, page } = await comeBack(`error=access_denied&state=${STATE}`);
    expect(status).toBe(400);
    expect(page).toContain('Not allowed');
    expect(failureOf(await outcome)).toBe(signInDenied);
    expect(happened.join()).not.toContain('adopted');
  });

  it('has failed when the tokens can’t be kept, and the browser says so', async () => {
    const { run, waiting, comeBack } = await signingIn({ adopted: fail(keychainLocked) });
    const outcome = run();
    await waiting();
    const { status, page } = await comeBack();
    expect(failureOf(await outcome)).toBe(keychainLocked);
    expect(status).toBe(400);
    expect(page).toContain(keychainLocked.message);
    expect(page).not.toContain('Signed in to Xero');
  });

  it('doesn’t begin when all its ports are taken', async () => {
    const { port, run, happened } = await signingIn();
    const other = await hold(port, '127.0.0.1');
    expect(failureOf(await run()).code).toBe('portsTaken');
    expect(happened).toEqual([]);
    await release(other);
  });
});
