import { describe, expect, it } from 'vitest';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot, SyncState } from '../../../shared/snapshot.ts';
import { heroOf } from '../../../renderer/pages/status/hero.ts';
import { c1Station } from '../../../renderer/pages/status/stations.ts';
import type { Hero } from '../../../renderer/pages/status/hero.ts';
import { relativeTime } from '../../../renderer/parts/time.ts';
import {
  NOW,
  credential,
  demo,
  failed,
  harbour,
  northgate,
  signedIn,
  well,
} from '../../e2e/screens/data.ts';
import { change, done, giveBack } from '../../e2e/screens/requests-data.ts';
import { failures } from '../../e2e/screens/failures.ts';

function told({ headline, sentence }: Hero): string {
  const words =
    typeof sentence === 'string'
      ? sentence
      : say(sentence.word, { moment: relativeTime(sentence.at, NOW, 'long') });
  return `${headline} ${words}`;
}

const withOrganisations = (...organisations: Parameters<typeof signedIn>[0]): Snapshot => ({
  ...well,
  xero: [signedIn(organisations)],
});
const signedOut: Snapshot = {
  ...well,
  xero: [{ ...signedIn([harbour]), state: { kind: 'needsSignIn', because: failures.signedOut } }],
};
const rejected: Snapshot = {
  ...well,
  c1: { kind: 'rejected', credential, because: failures.rejected },
};
const syncing = (sync: SyncState): Snapshot => ({ ...well, sync });

describe('The sentence on the status page', () => {
  it('says of a shut keychain that it is shut, and blames neither Xero nor C1', () => {
    const because = failures.keychainLocked;
    const xero = [{ ...signedIn([]), state: { kind: 'needsSignIn', because } as const }];
    const shut: Snapshot = { ...well, xero, c1: { kind: 'none', because }, uploaded: null };
    expect(told(heroOf(shut))).toMatch(/^The keychain is shut\. .*Unlock it/);
    expect(c1Station(shut)).toMatchObject({ tone: 'bad', word: 'Keychain shut', failure: null });
    // One pasted while the keychain was locked: there is none yet.
    expect(c1Station({ ...shut, xero: well.xero }).word).toBe('Not connected');
  });

  it('says since when C1 has everyone’s access, on a good day', () => {
    const hero = heroOf(well);
    expect(told(hero)).toBe('All is well. C1 has everyone’s access as of 12 minutes ago.');
    expect(hero.tone).toBe('good');
  });

  it('tells how to make C1 ask when it never has', () => {
    expect(told(heroOf({ ...well, uploaded: null }))).toBe(
      'Ready for C1. C1 hasn’t asked for data yet. In C1, press Sync now on the connector.',
    );
  });

  it('passes the failure on in its own words', () => {
    const hero = heroOf(signedOut);
    expect(told(hero)).toBe('Xero needs you. Xero signed you out. Sign in again to go on.');
    expect(hero.failure).toBe(failures.signedOut);
    expect(hero.tone).toBe('bad');
  });

  it('speaks of Xero before C1 when both need the admin, since data starts there', () => {
    expect(heroOf({ ...signedOut, c1: rejected.c1 }).failure).toBe(failures.signedOut);
  });

  it('raises no alarm over a network that comes back by itself', () => {
    const offline = heroOf({
      ...well,
      c1: { kind: 'offline', credential, because: failures.c1Unreachable },
    });
    expect(offline.tone).toBe('offline');
    expect(offline.failure).toBe(failures.c1Unreachable);
  });

  it('names the organisation that needs the admin, and what that means', () => {
    const hero = heroOf(withOrganisations(harbour, failed(northgate, failures.forbidden)));
    expect(told(hero)).toBe(
      'Northgate Dental Care needs you. C1 gets nothing new until all governed organisations can be read.',
    );
  });

  it('counts the organisations when several need the admin', () => {
    const hero = heroOf(
      withOrganisations(failed(harbour, failures.missing), failed(northgate, failures.forbidden)),
    );
    expect(hero.headline).toBe('2 organisations need you.');
  });

  it('waits for Xero where time alone mends it, and names those that need the admin before', () => {
    const paused = failed(harbour, failures.rateLimited);
    const hero = heroOf(withOrganisations(paused, northgate));
    expect(hero.tone).toBe('offline');
    expect(hero.headline).toBe('Waiting for Xero.');
    const both = heroOf(withOrganisations(paused, failed(northgate, failures.forbidden)));
    expect(both.headline).toBe('Northgate Dental Care needs you.');
  });

  it('is silent about a failing organisation that isn’t governed', () => {
    const hero = heroOf(withOrganisations(harbour, failed(demo, failures.unreadable)));
    expect(hero.headline).toBe('All is well.');
  });

  it('counts the requests that wait, says when the first runs out, and leads to them', () => {
    const asked = { ...well, inbox: { requests: [change, giveBack, done] } };
    expect(told(heroOf(asked))).toBe('2 requests wait for you. The first runs out in 7 minutes.');
    expect(heroOf(asked).leadsTo).toBe('requests');
    expect(told(heroOf({ ...well, inbox: { requests: [change] } }))).toBe(
      '1 request waits for you. It runs out in 42 minutes.',
    );
    expect(heroOf({ ...well, inbox: { requests: [done] } }).headline).toBe('All is well.');
  });

  it('lets trouble speak before requests, which can’t be seen to until it is mended', () => {
    const hero = heroOf({ ...signedOut, inbox: { requests: [change] } });
    expect(hero.failure).toBe(failures.signedOut);
  });

  it('asks to choose when no organisation is governed', () => {
    expect(heroOf(withOrganisations(demo)).headline).toBe('No organisation is chosen.');
  });

  it('stays calm during a look of its own, and tells of a sync that C1 asked for', () => {
    const look = syncing({ kind: 'reading', done: 1, of: 2, for: 'look' });
    const task = syncing({ kind: 'reading', done: 1, of: 2, for: 'c1' });
    expect(heroOf(look).headline).toBe('All is well.');
    expect(told(heroOf(task))).toBe('C1 asked for data. Reading Xero.');
  });

  it('tells a failed sync from a failed look', () => {
    const at = NOW;
    const because = failures.diskFull;
    const look = syncing({ kind: 'failed', at, for: 'look', because });
    const task = syncing({ kind: 'failed', at, for: 'c1', because });
    expect(heroOf(look).headline).toBe('The last look at Xero failed.');
    expect(heroOf(task).headline).toBe('The last sync failed.');
  });

  it('ignores an attempt to sign in that failed beside a good sign-in', () => {
    const attempt = {
      ...signedIn([]),
      id: 'attempt',
      state: { kind: 'signedOut', because: failures.denied },
    } as const;
    expect(heroOf({ ...well, xero: [...well.xero, attempt] }).headline).toBe('All is well.');
  });
});
