import { describe, expect, it } from 'vitest';
import { signedOut, unreachable } from '../../../main/xero/errors.ts';
import type { XeroTokens } from '../../../main/xero/identity.ts';
import { keepAlive } from '../../../main/xero/keep-alive.ts';
import { TokenKeeper } from '../../../main/xero/token-keeper.ts';
import { fail, succeed, type Result } from '../../../shared/errors.ts';
import { KeptLog } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';

const KEY = 'xero/sign-in-1';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A Xero that takes the newest token for 60 days, and the one before it for 30 minutes more. */
function living() {
  const clock = new FakeClock();
  const secrets = new MemorySecrets();
  secrets.entries.set(KEY, 'token-0');
  const xero = {
    newest: 0,
    givenAt: clock.now(),
    refreshes: 0,
    answers: 'come' as 'come' | 'are lost',
    refresh: (token: string): Promise<Result<XeroTokens>> => {
      const now = clock.now();
      const isNewest = token === `token-${xero.newest}` && now < xero.givenAt + 60 * DAY;
      const inGrace = token === `token-${xero.newest - 1}` && now < xero.givenAt + 30 * MINUTE;
      if (!isNewest && !inGrace) return Promise.resolve(fail(signedOut('invalid_grant')));
      xero.refreshes += 1;
      if (isNewest) {
        xero.newest += 1;
        xero.givenAt = now;
      }
      if (xero.answers === 'are lost') return Promise.resolve(fail(unreachable('ECONNRESET')));
      const refreshToken = `token-${xero.newest}`;
      const expiresAt = now + 30 * MINUTE;
      return Promise.resolve(succeed({ accessToken: 'access', refreshToken, expiresAt }));
    },
    revoke: () => Promise.resolve(succeed()),
  };
  const keeper = new TokenKeeper({ identity: xero, secrets, key: KEY, clock, log: new KeptLog() });
  const stop = new AbortController();
  void keepAlive(() => [keeper], clock, stop.signal);
  return { clock, xero, keeper, stop };
}

describe('a sign-in that nobody uses', () => {
  it('is still good after 61 days, and was renewed once a day', async () => {
    const { clock, xero, keeper, stop } = living();
    for (let day = 0; day < 61; day += 1) await clock.advance(DAY);
    expect(xero.refreshes).toBe(61);
    valueOf(await keeper.accessToken());
    stop.abort();
  });

  it('is over after 61 days without that', async () => {
    const { clock, keeper, stop } = living();
    stop.abort();
    await clock.advance(61 * DAY);
    expect(failureOf(await keeper.accessToken()).code).toBe('xeroSignedOut');
  });

  it('is renewed on waking from a sleep of 50 days', async () => {
    const { clock, xero, stop } = living();
    await clock.suspend(50 * DAY);
    expect(xero.refreshes).toBe(1);
    stop.abort();
  });

  it('outlives a lost answer, though nobody asks again within the 30 minutes', async () => {
    const { clock, xero, keeper, stop } = living();
    xero.answers = 'are lost';
    failureOf(await keeper.accessToken());
    xero.answers = 'come';
    await clock.advance(45 * MINUTE);
    valueOf(await keeper.accessToken());
    stop.abort();
  });
});
