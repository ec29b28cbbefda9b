import { describe, expect, it } from 'vitest';
import {
  clientRejected,
  scopeMissing,
  signedOut,
  unavailable,
  unreachable,
  unreadable,
} from '../../../main/xero/errors.ts';
import type { XeroTokens } from '../../../main/xero/identity.ts';
import { TokenKeeper } from '../../../main/xero/token-keeper.ts';
import { ClientCredentialsTokens, FixedToken } from '../../../main/xero/tokens.ts';
import { fail, succeed, type Result } from '../../../shared/errors.ts';
import { KeptLog } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';

const KEY = 'xero/sign-in-1';
const HALF_HOUR = 30 * 60_000;
const DAY = 48 * HALF_HOUR;

/** An identity server that gives `access-1` with `refresh-1`, `access-2` with `refresh-2`, … */
class Identity {
  readonly spent: string[] = [];
  readonly revoked: string[] = [];
  answer: (() => Result<XeroTokens>) | undefined;
  /** While set, refreshes wait for it. */
  held: Promise<void> | undefined;
  revocation: Result<void> = succeed();
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  async refresh(refreshToken: string): Promise<Result<XeroTokens>> {
    this.spent.push(refreshToken);
    await this.held;
    return this.answer?.() ?? succeed(this.tokens(this.spent.length));
  }

  revoke(refreshToken: string): Promise<Result<void>> {
    this.revoked.push(refreshToken);
    return Promise.resolve(this.revocation);
  }

  tokens(number: number): XeroTokens {
    return {
      accessToken: `access-${number}`,
      refreshToken: `refresh-${number}`,
      expiresAt: this.#clock.now() + HALF_HOUR,
    };
  }
}

function keeping() {
  const clock = new FakeClock();
  const identity = new Identity(clock);
  const secrets = new MemorySecrets();
  const log = new KeptLog();
  secrets.entries.set(KEY, 'refresh-0');
  const keeper = new TokenKeeper({ identity, secrets, key: KEY, clock, log });
  return { clock, identity, secrets, log, keeper };
}

describe('a kept sign-in', () => {
  it('has the refresh token in the keychain before its access token can be used', async () => {
    const { keeper, secrets } = keeping();
    let stored = '';
    const write = secrets.write.bind(secrets);
    secrets.write = async (key, secret) => {
      // Nobody has the access token yet, though Xero has given it.
      stored = secret;
      return write(key, secret);
    };
    const token = await keeper.accessToken();
    expect(valueOf(token)).toBe('access-1');
    expect(stored).toBe('refresh-1');
    expect(secrets.entries.get(KEY)).toBe('refresh-1');
  });

  it('uses one access token until a minute before its end', async () => {
    const { keeper, clock, identity } = keeping();
    valueOf(await keeper.accessToken());
    await clock.advance(HALF_HOUR - 60_001);
    expect(valueOf(await keeper.accessToken())).toBe('access-1');
    await clock.advance(1);
    expect(valueOf(await keeper.accessToken())).toBe('access-2');
    expect(identity.spent).toEqual(['refresh-0', 'refresh-1']);
  });

  it('refreshes once for all who ask at the same time', async () => {
    const { keeper, identity } = keeping();
    const tokens = await Promise.all([1, 2, 3].map(() => keeper.accessToken()));
    expect(tokens.map(valueOf)).toEqual(['access-1', 'access-1', 'access-1']);
    expect(identity.spent).toEqual(['refresh-0']);
  });

  it('gives no access token while the new refresh token can’t be stored, and spends nothing more', async () => {
    const { keeper, identity, secrets, clock } = keeping();
    secrets.readOnly = true;
    const failure = failureOf(await keeper.accessToken());
    expect(failure).toMatchObject({ code: 'keychainLocked', next: 'unlockKeychain' });
    expect(failure.message).toContain('within 30 minutes');
    expect(secrets.entries.get(KEY)).toBe('refresh-0');
    expect(keeper.renewAt).toBe(clock.now());
    secrets.readOnly = false;
    expect(valueOf(await keeper.accessToken())).toBe('access-1');
    expect(secrets.entries.get(KEY)).toBe('refresh-1');
    expect(identity.spent).toEqual(['refresh-0']);
  });

  it('still stores it after Xero’s grace, and goes on from there', async () => {
    const { keeper, identity, secrets, clock } = keeping();
    secrets.readOnly = true;
    failureOf(await keeper.accessToken());
    await clock.advance(2 * HALF_HOUR);
    secrets.readOnly = false;
    expect(valueOf(await keeper.accessToken())).toBe('access-2');
    expect(identity.spent).toEqual(['refresh-0', 'refresh-1']);
    expect(secrets.entries.get(KEY)).toBe('refresh-2');
  });

  it('lets go of an unstored token once another was stored meanwhile', async () => {
    const { keeper, identity, secrets } = keeping();
    secrets.readOnly = true;
    failureOf(await keeper.accessToken());
    secrets.readOnly = false;
    secrets.entries.set(KEY, 'refresh-of-another');
    valueOf(await keeper.accessToken());
    expect(identity.spent).toEqual(['refresh-0', 'refresh-of-another']);
  });

  it('keeps the refresh token that there is when Xero sends no new one', async () => {
    const { keeper, identity, secrets } = keeping();
    identity.answer = () => succeed({ ...identity.tokens(1), refreshToken: null });
    expect(valueOf(await keeper.accessToken())).toBe('access-1');
    expect(secrets.entries.get(KEY)).toBe('refresh-0');
  });

  it('is signed out when Xero says that the refresh token is spent', async () => {
    const { keeper, identity } = keeping();
    identity.answer = () => fail(signedOut('invalid_grant'));
    expect(failureOf(await keeper.accessToken()).code).toBe('xeroSignedOut');
  });

  it('outlives a fault of the network', async () => {
    const { keeper, identity, secrets } = keeping();
    identity.answer = () => fail(unreachable('ECONNRESET'));
    expect(failureOf(await keeper.accessToken()).code).toBe('xeroUnreachable');
    expect(secrets.entries.get(KEY)).toBe('refresh-0');
    identity.answer = undefined;
    expect(valueOf(await keeper.accessToken())).toBe('access-2');
  });

  it.each([
    ['the line broke', unreachable('ECONNRESET')],
    ['Xero failed in the middle', unavailable('502')],
    ['the answer was cut', unreadable('OAUTH_PARSE_ERROR')],
  ])('tries the old token again when %s, and says that it does', async (_what, fault) => {
    const { keeper, identity, log, clock } = keeping();
    identity.answer = () => fail(fault);
    failureOf(await keeper.accessToken());
    expect(log.lines.join()).not.toContain('xero.oldTokenTriedAgain');
    // Not left until somebody asks: the old one works for 30 minutes only.
    expect(keeper.renewAt).toBe(clock.now());
    identity.answer = undefined;
    valueOf(await keeper.accessToken());
    expect(identity.spent).toEqual(['refresh-0', 'refresh-0']);
    expect(log.lines.join()).toContain('xero.oldTokenTriedAgain');
    expect(keeper.renewAt).toBe(clock.now() + DAY);
  });

  it('says that the grace was missed when the old token works no more after a lost answer', async () => {
    const { keeper, identity } = keeping();
    identity.answer = () => fail(unreachable('ECONNRESET'));
    failureOf(await keeper.accessToken());
    identity.answer = () => fail(signedOut('invalid_grant'));
    const failure = failureOf(await keeper.accessToken());
    expect(failure.code).toBe('xeroSignedOut');
    expect(failure.detail).toBe(
      'invalid_grant, after an earlier answer was lost for more than 30 minutes',
    );
  });

  it('uses the token that another process stored before it says that the sign-in is over', async () => {
    const { keeper, identity, secrets } = keeping();
    identity.answer = () => {
      if (identity.spent.length > 1) return succeed(identity.tokens(7));
      secrets.entries.set(KEY, 'refresh-of-another');
      return fail(signedOut('invalid_grant'));
    };
    expect(valueOf(await keeper.accessToken())).toBe('access-7');
    expect(identity.spent).toEqual(['refresh-0', 'refresh-of-another']);
    expect(secrets.entries.get(KEY)).toBe('refresh-7');
  });

  it('doesn’t take a client that Xero rejects, or a missing scope, for the end of the sign-in', async () => {
    const { keeper, identity, secrets } = keeping();
    for (const refused of [clientRejected('invalid_client'), scopeMissing]) {
      identity.answer = () => fail(refused);
      expect(failureOf(await keeper.accessToken())).toEqual(refused);
      expect(secrets.entries.get(KEY)).toBe('refresh-0');
    }
  });

  it('warns when it couldn’t be renewed for half of the 60 days that it lives unused', async () => {
    const { keeper, identity, clock } = keeping();
    valueOf(await keeper.accessToken());
    identity.answer = () => fail(unreachable('ECONNREFUSED'));
    await clock.advance(30 * DAY - 1);
    expect(failureOf(await keeper.accessToken()).message).not.toContain('60 days');
    await clock.advance(12 * DAY);
    const failure = failureOf(await keeper.accessToken());
    expect(failure.code).toBe('xeroUnreachable');
    expect(failure.message).toContain('after 60 days without use');
    expect(failure.message).toContain('41 days ago');
  });

  it('warns after a restart too, by when an earlier run renewed it', async () => {
    const { clock, identity, secrets, log } = keeping();
    const renewedAt = clock.now() - 33 * DAY;
    const later = new TokenKeeper({ identity, secrets, key: KEY, clock, log, renewedAt });
    identity.answer = () => fail(unreachable('ECONNREFUSED'));
    expect(failureOf(await later.accessToken()).message).toContain('33 days ago');
    expect(later.renewedAt).toBe(renewedAt);
    identity.answer = undefined;
    valueOf(await later.accessToken());
    expect(later.renewedAt).toBe(clock.now());
  });

  it('takes no future for a renewal, as of a clock that was ahead', async () => {
    const { clock, identity, secrets, log } = keeping();
    const began = clock.now();
    const renewedAt = began + 100 * DAY;
    const keeper = new TokenKeeper({ identity, secrets, key: KEY, clock, log, renewedAt });
    expect(keeper.renewedAt).toBe(began);
    identity.answer = () => fail(unreachable('ECONNREFUSED'));
    await clock.advance(31 * DAY);
    expect(failureOf(await keeper.accessToken()).message).toContain('31 days ago');
  });

  it('outlives a computer’s clock that is set back: what Xero refuses is replaced', async () => {
    const { keeper, clock } = keeping();
    const token = valueOf(await keeper.accessToken());
    await clock.suspend(-3 * HALF_HOUR);
    expect(valueOf(await keeper.accessToken())).toBe(token);
    keeper.discard(token);
    expect(valueOf(await keeper.accessToken())).toBe('access-2');
  });

  it('asks for a sign-in when the keychain holds nothing, and says so without a call', async () => {
    const { keeper, identity, secrets } = keeping();
    secrets.entries.clear();
    expect(failureOf(await keeper.accessToken()).code).toBe('xeroSignedOut');
    expect(identity.spent).toEqual([]);
  });

  it('tells a locked keychain from a lost sign-in', async () => {
    const { keeper, secrets } = keeping();
    secrets.locked = true;
    expect(failureOf(await keeper.accessToken()).code).toBe('keychainLocked');
  });

  it('takes another access token after Xero refused one', async () => {
    const { keeper } = keeping();
    const refused = valueOf(await keeper.accessToken());
    keeper.discard(refused);
    expect(valueOf(await keeper.accessToken())).toBe('access-2');
  });

  it('doesn’t drop a newer access token for the refusal of an older one', async () => {
    const { keeper, identity } = keeping();
    const refused = valueOf(await keeper.accessToken());
    keeper.discard(refused);
    valueOf(await keeper.accessToken());
    keeper.discard(refused);
    expect(valueOf(await keeper.accessToken())).toBe('access-2');
    expect(identity.spent).toHaveLength(2);
  });
});

describe('a fresh sign-in', () => {
  it('is kept once its refresh token is stored', async () => {
    const { keeper, identity, secrets } = keeping();
    valueOf(await keeper.adopt(identity.tokens(7)));
    expect(secrets.entries.get(KEY)).toBe('refresh-7');
    expect(valueOf(await keeper.accessToken())).toBe('access-7');
    expect(identity.spent).toEqual([]);
  });

  it('isn’t used when its refresh token can’t be stored', async () => {
    const { keeper, identity, secrets } = keeping();
    secrets.readOnly = true;
    expect(failureOf(await keeper.adopt(identity.tokens(7))).code).toBe('keychainLocked');
    secrets.readOnly = false;
    expect(valueOf(await keeper.accessToken())).not.toBe('access-7');
  });

  it('fails when Xero gave no refresh token', async () => {
    const { keeper, identity } = keeping();
    const adopted = await keeper.adopt({ ...identity.tokens(7), refreshToken: null });
    expect(failureOf(adopted).code).toBe('xeroSignedOut');
  });
});

describe('signing out of Xero', () => {
  it('everywhere gives the consent back and erases the refresh token', async () => {
    const { keeper, identity, secrets } = keeping();
    valueOf(await keeper.accessToken());
    expect(valueOf(await keeper.signOut('everywhere'))).toBe('givenBack');
    expect(identity.revoked).toEqual(['refresh-1']);
    expect(secrets.entries.has(KEY)).toBe(false);
    expect(failureOf(await keeper.accessToken()).code).toBe('xeroSignedOut');
  });

  it('here erases the refresh token and leaves the consent at Xero', async () => {
    const { keeper, identity, secrets } = keeping();
    expect(valueOf(await keeper.signOut('here'))).toBe('left');
    expect(identity.revoked).toEqual([]);
    expect(secrets.entries.has(KEY)).toBe(false);
    expect(failureOf(await keeper.accessToken()).code).toBe('xeroSignedOut');
  });

  it('erases here even when Xero can’t be reached, and says that the consent may remain', async () => {
    const { keeper, identity, secrets, log } = keeping();
    identity.revocation = fail(unreachable('ECONNRESET'));
    expect(valueOf(await keeper.signOut('everywhere'))).toBe('mayRemain');
    expect(secrets.entries.has(KEY)).toBe(false);
    expect(log.lines.join()).toContain('xero.revokeFailed');
    expect(log.lines.join()).not.toContain('refresh-0');
  });

  it('says that the consent may remain when there is no token to give back', async () => {
    const { keeper, secrets } = keeping();
    secrets.entries.clear();
    expect(valueOf(await keeper.signOut('everywhere'))).toBe('mayRemain');
  });

  it('leaves nothing behind when a refresh is under way', async () => {
    const { keeper, identity, secrets } = keeping();
    let release = (): void => undefined;
    identity.held = new Promise((resolve) => (release = resolve));
    const refreshed = keeper.accessToken();
    const ended = keeper.signOut('everywhere');
    release();
    valueOf(await ended);
    await refreshed;
    expect(secrets.entries.has(KEY)).toBe(false);
    expect(identity.revoked).toEqual(['refresh-1']);
  });

  it('fails while the keychain is locked, so that nothing is forgotten by half', async () => {
    const { keeper, secrets } = keeping();
    secrets.locked = true;
    expect(failureOf(await keeper.signOut('everywhere')).code).toBe('keychainLocked');
    secrets.locked = false;
    expect(valueOf(await keeper.accessToken())).toBe('access-1');
  });

  it('can be taken back by signing in anew', async () => {
    const { keeper, identity } = keeping();
    valueOf(await keeper.signOut('here'));
    valueOf(await keeper.adopt(identity.tokens(7)));
    expect(valueOf(await keeper.accessToken())).toBe('access-7');
  });
});

describe('renewing through another identity', () => {
  it('asks that one, and stores what it gave', async () => {
    const { keeper, identity, secrets, clock } = keeping();
    valueOf(await keeper.accessToken());
    const other = new Identity(clock);
    other.answer = () => succeed(other.tokens(9));
    valueOf(await keeper.renewThrough(other));
    expect(other.spent).toEqual(['refresh-1']);
    expect(secrets.entries.get(KEY)).toBe('refresh-9');
    expect(valueOf(await keeper.accessToken())).toBe('access-9');
    expect(identity.spent).toEqual(['refresh-0']);
  });

  it('waits for a refresh that is under way: its answer says nothing of the other', async () => {
    const { keeper, identity, clock } = keeping();
    let release = (): void => undefined;
    identity.held = new Promise((resolve) => (release = resolve));
    const other = new Identity(clock);
    other.answer = () => fail(clientRejected('invalid_client'));
    const refreshed = keeper.accessToken();
    const renewed = keeper.renewThrough(other);
    expect(other.spent).toEqual([]);
    release();
    expect(valueOf(await refreshed)).toBe('access-1');
    expect(failureOf(await renewed).code).toBe('xeroClientRejected');
    expect(other.spent).toEqual(['refresh-1']);
    expect(valueOf(await keeper.accessToken())).toBe('access-1');
  });

  it('asks it also when a token waited to be stored', async () => {
    const { keeper, secrets, clock } = keeping();
    secrets.readOnly = true;
    failureOf(await keeper.accessToken());
    secrets.readOnly = false;
    const other = new Identity(clock);
    valueOf(await keeper.renewThrough(other));
    expect(other.spent).toEqual(['refresh-1']);
  });

  it('is of no use once signed out', async () => {
    const { keeper, identity } = keeping();
    valueOf(await keeper.signOut('here'));
    expect(failureOf(await keeper.renewThrough(identity)).code).toBe('xeroSignedOut');
    expect(identity.spent).toEqual([]);
  });
});

describe('a custom connection', () => {
  it('asks for a token, uses it until it nearly ends, then for another', async () => {
    const clock = new FakeClock();
    const identity = new Identity(clock);
    let asked = 0;
    const tokens = new ClientCredentialsTokens(
      {
        clientCredentials: () =>
          Promise.resolve(succeed({ ...identity.tokens((asked += 1)), refreshToken: null })),
      },
      clock,
    );
    expect(valueOf(await tokens.accessToken())).toBe('access-1');
    expect(valueOf(await tokens.accessToken())).toBe('access-1');
    await clock.advance(HALF_HOUR - 60_000);
    expect(valueOf(await tokens.accessToken())).toBe('access-2');
    tokens.discard('access-2');
    expect(valueOf(await tokens.accessToken())).toBe('access-3');
  });

  it('tells why it got none, and tries again when asked again', async () => {
    const clock = new FakeClock();
    const answers = [fail(unreachable('ECONNRESET')), succeed(new Identity(clock).tokens(1))];
    const tokens = new ClientCredentialsTokens(
      { clientCredentials: () => Promise.resolve(answers.shift() ?? fail(signedOut())) },
      clock,
    );
    expect(failureOf(await tokens.accessToken()).code).toBe('xeroUnreachable');
    expect(valueOf(await tokens.accessToken())).toBe('access-1');
  });
});

describe('a token given for one run', () => {
  it('is all there is, refused or not', async () => {
    const tokens = new FixedToken('given');
    tokens.discard();
    expect(valueOf(await tokens.accessToken())).toBe('given');
  });
});
