import { describe, expect, it } from 'vitest';
import { FakeClock } from '../unit/fake-clock.ts';
import { DONE, KAURI, openDesk, refused, type Desk } from './core-desk.ts';
import { occupy, release, visit } from './core-surroundings.ts';

const ADMIN = 'aroha.ngata@kauri.example';

/** Begins a sign-in that nobody answers yet. */
async function leaveWaiting(desk: Desk, plan: 'wait' | 'absent' = 'wait') {
  desk.browser.plan = plan;
  const outcome = desk.beginSignIn();
  const told = plan === 'wait' ? 'opened' : 'failed';
  const { xero } = await desk.until(({ xero: [first] }) => {
    return first?.state.kind === 'waitingForBrowser' && first.state.browser === told;
  });
  const [waiting] = xero.map(({ state }) => state);
  if (waiting?.kind !== 'waitingForBrowser') throw new Error('the sign-in doesn’t wait');
  return { outcome, address: waiting.address, redirectUri: waiting.redirectUri };
}

function expectNothingKept(desk: Desk): void {
  const keys = [...desk.keychain.entries.keys()];
  expect(keys.filter((key) => key !== 'data-key')).toEqual([]);
  expect(desk.settings.read()).toMatchObject({ signIns: [], governed: [], setup: 'xero' });
}

function shownFailure(desk: Desk): unknown {
  const state = desk.snapshot.xero[0]?.state;
  return state?.kind === 'signedOut' ? state.because : state;
}

describe('a sign-in that comes to nothing', () => {
  it('is told as such when consent is denied, here and in the browser', async () => {
    const desk = await openDesk();
    desk.browser.plan = { email: ADMIN, decision: 'cancel' };
    expect(await desk.beginSignIn()).toMatchObject(refused('signInDenied', 'signInToXero'));
    expect(shownFailure(desk)).toMatchObject({ code: 'signInDenied' });
    expect(await desk.browser.tab).toContain('Not allowed');
    expectNothingKept(desk);
    expect(await desk.signIn()).toMatchObject(DONE);
  });

  it('is cancelled on request, and its ports are free again', async () => {
    const desk = await openDesk();
    const { outcome } = await leaveWaiting(desk);
    await desk.intents.cancelSignIn();
    expect(await outcome).toMatchObject(refused('signInCancelled', 'signInToXero'));
    expectNothingKept(desk);
    const servers = await Promise.all(desk.ports.map(occupy));
    await Promise.all(servers.map(release));
  });

  it('ends by itself after five minutes when Xero shows an error page of its own', async () => {
    const clock = new FakeClock();
    const desk = await openDesk({ clock });
    desk.browser.plan = { email: ADMIN };
    const outcome = desk.intents.startSignIn({ kind: 'desktop', clientId: '0'.repeat(32) });
    await desk.until(({ xero: [first] }) => first?.state.kind === 'waitingForBrowser');
    expect(await desk.browser.tab).toContain('Sorry, something went wrong');
    await clock.untilAsleep(2);
    await clock.advance(5 * 60_000);
    expect(await outcome).toMatchObject(refused('signInTimedOut', 'signInToXero'));
    expectNothingKept(desk);
  });

  it('stays on Xero’s page while no organisation is chosen there', async () => {
    const desk = await openDesk();
    desk.browser.plan = { email: ADMIN, organisation: null };
    const outcome = desk.beginSignIn();
    await desk.until(({ xero: [first] }) => first?.state.kind === 'waitingForBrowser');
    expect(await desk.browser.tab).toContain('organisation');
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'waitingForBrowser' } }]);
    await desk.intents.cancelSignIn();
    await outcome;
    expectNothingKept(desk);
  });

  it('names the ports that other programs hold, and works once one is free', async () => {
    const desk = await openDesk();
    const servers = await Promise.all(desk.ports.map(occupy));
    const outcome = await desk.signIn();
    expect(outcome).toMatchObject(refused('portsTaken', 'freePorts'));
    expect(shownFailure(desk)).toMatchObject({
      message: expect.stringContaining(desk.ports.join(', ')) as unknown,
    });
    expect(desk.browser.opened).toEqual([]);
    const [first, ...others] = servers;
    await Promise.all(others.map(release));
    expect(await desk.signIn()).toMatchObject(DONE);
    expect(desk.browser.opened[0]).toContain(encodeURIComponent(`:${desk.ports[1] ?? 0}/`));
    if (first !== undefined) await release(first);
  });

  it('is refused before any browser opens when the client ID can’t be one', async () => {
    const desk = await openDesk();
    const { clientId } = desk.sandbox.c1.credential;
    for (const pasted of [clientId, 'ABC', '']) {
      const outcome = await desk.intents.startSignIn({ kind: 'desktop', clientId: pasted });
      expect(outcome).toMatchObject(refused('xeroClientIdInvalid', 'tryAgain'));
    }
    expect(desk.browser.opened).toEqual([]);
    expect(desk.sandbox.xero.requests()).toEqual([]);
  });
});

describe('an answer from the browser', () => {
  it.each([
    ['a wrong', 'state=not-this-one&code=stolen'],
    ['a missing', 'code=stolen'],
  ])('with %s state is ignored and said, and the right one still counts', async (_which, query) => {
    const desk = await openDesk();
    const { outcome, address, redirectUri } = await leaveWaiting(desk);
    const stray = await fetch(`${redirectUri}?${query}`);
    expect(stray.status).toBe(400);
    expect(await stray.text()).not.toContain('stolen');
    expect(desk.snapshot.xero).toMatchObject([
      { state: { kind: 'waitingForBrowser', note: { code: 'signInStateMismatch' } } },
    ]);
    expect(desk.calls('token')).toBe(0);
    expect(await visit(address, { email: ADMIN, organisation: KAURI })).toContain('Signed in');
    expect(await outcome).toMatchObject(DONE);
  });

  it('counts once: repeated, it is refused and changes nothing', async () => {
    const desk = await openDesk();
    const { outcome, address, redirectUri } = await leaveWaiting(desk);
    const state = new URL(address).searchParams.get('state') ?? '';
    const repeated: Response[] = [];
    desk.keychain.beforeWrite = async (key) => {
      // The first answer is being worked on, and its tab still waits.
      if (!key.startsWith('xero/')) return;
      repeated.push(await fetch(`${redirectUri}?code=again&state=${state}`));
    };
    const tab = await visit(address, { email: ADMIN, organisation: KAURI });
    expect(tab).toContain('Signed in to Xero');
    expect(repeated.map(({ status }) => status)).toEqual([400]);
    expect(await repeated[0]?.text()).toContain('Already used');
    expect(await outcome).toMatchObject(DONE);
    expect(desk.calls('token')).toBe(1);
  });

  it('reaches the app by hand when no browser could be opened', async () => {
    const desk = await openDesk();
    const { outcome, address } = await leaveWaiting(desk, 'absent');
    expect(await desk.intents.copy({ what: 'signInAddress' })).toMatchObject(DONE);
    expect(desk.copied).toEqual([address]);
    await visit(address, { email: ADMIN, organisation: KAURI });
    expect(await outcome).toMatchObject(DONE);
    expect(desk.snapshot.setup).toBe('organisations');
  });

  it.each([
    ['a problem of its own', { kind: 'status', status: 503 }, 'xeroUnavailable'],
    ['a web page', { kind: 'html' }, 'xeroAnswerUnreadable'],
    ['a cut connection', { kind: 'reset' }, 'xeroUnreachable'],
    ['a truncated answer', { kind: 'truncated' }, 'xeroAnswerUnreadable'],
  ] as const)('that Xero follows by %s keeps nothing', async (_what, fault, code) => {
    const desk = await openDesk();
    desk.sandbox.xero.fail({ endpoint: 'token', fault });
    expect(await desk.signIn()).toMatchObject(refused(code, 'signInToXero'));
    expect(await desk.browser.tab).toContain('Not signed in');
    expectNothingKept(desk);
    expect(await desk.signIn()).toMatchObject(DONE);
  });
});
