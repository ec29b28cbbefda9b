import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../renderer/parts/organisation-facts.ts';
import { organisationWays } from '../../../renderer/parts/organisation-ways.ts';
import { signInWays } from '../../../renderer/parts/sign-in-ways.ts';
import type { Failure } from '../../../shared/errors.ts';
import type { Organisation, XeroAppKind } from '../../../shared/snapshot.ts';
import { custom, demo, failed, harbour, northgate, signedIn } from '../../e2e/screens/data.ts';
import { failures } from '../../e2e/screens/failures.ts';

describe('An organisation that dropped out', () => {
  const ways = (organisation: Organisation, ...others: readonly Organisation[]) =>
    organisationWays(organisation, [signedIn([organisation, ...others])]).map(({ label }) => label);

  it.each<[string, Failure, string]>([
    ['was disconnected', failures.missing, 'Disconnected'],
    ['refuses', failures.forbidden, 'Refuses'],
    ['was suspended', failures.suspended, 'Not active'],
    ['was reset', failures.demoReset, 'Reset'],
  ])('is told apart when it %s, and may always be let go', (_what, failure, word) => {
    const out = failed({ ...demo, governed: true }, failure);
    expect(standingOf(out)).toEqual({ tone: 'bad', word });
    expect(ways(out)).toContain('Stop governing it');
  });

  it('is connected again where that helps', () => {
    expect(ways(failed(harbour, failures.missing))[0]).toBe('Reconnect');
    expect(ways(failed(harbour, failures.forbidden))[0]).toBe('Reconnect');
    expect(ways(failed(harbour, failures.suspended))[0]).toBe('Check Xero now');
  });

  it('gives way to the demo company that took its place, once that is connected', () => {
    const old = failed({ ...demo, governed: true }, failures.demoReset);
    expect(ways(old, harbour)[0]).toBe('Connect the new one');
    expect(ways(old, { ...demo, id: 'another id' })[0]).toBe('Govern the new one');
  });

  it('isn’t connected again through the browser where it is a custom connection’s', () => {
    const out = failed(northgate, failures.forbidden);
    const labels = organisationWays(out, [{ ...custom, organisations: [out] }]);
    expect(labels.map(({ label }) => label)).toEqual(['Check Xero now', 'Stop governing it']);
  });

  it('that can’t be read for the moment has nothing to press', () => {
    expect(ways(failed(harbour, failures.rateLimited))).toEqual([]);
  });
});

describe('A sign-in that needs mending', () => {
  const ways = (app: XeroAppKind, failure: Failure) =>
    signInWays({ app, state: { kind: 'needsSignIn', because: failure } }, failure).map(
      ({ mend }) => mend,
    );

  it('takes another secret where Xero refuses the one it has', () => {
    expect(ways('web', failures.webRejected)).toEqual(['newSecret', 'signIn']);
    expect(ways('custom', failures.customRejected)).toEqual(['newSecret']);
    expect(ways('desktop', failures.webRejected)).toEqual(['signIn']);
  });

  it('is signed in again where Xero ended it, but for a custom connection, which nobody signs in', () => {
    expect(ways('web', failures.signedOut)).toEqual(['signIn']);
    expect(ways('custom', failures.customNotAuthorised)).toEqual(['checkXero']);
  });

  it('that was never kept is tried again with what is pasted', () => {
    const state = { kind: 'signedOut', because: failures.customRejected } as const;
    expect(signInWays({ app: 'custom', state }, failures.customRejected)).toMatchObject([
      { mend: 'signIn' },
    ]);
  });
});
