import { describe, expect, it } from 'vitest';
import { Notices } from '../../../main/connector/notices.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import type { Notice } from '../../../main/ports.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { change, done, everywhere } from '../../e2e/screens/requests-data.ts';
import { FakeClock } from '../fake-clock.ts';
import { MemorySettings } from './memory-settings.ts';
import { C1, HARBOUR, organisation, signIn, snapshot, trouble } from './snapshots.ts';

const DAY = 24 * 3_600_000;
const clock = new FakeClock();
const fresh = { ...C1, addedAt: clock.now() };
const connected = { ...snapshot().c1, credential: fresh } as Snapshot['c1'];
const well = snapshot({ c1: connected, sync: { kind: 'done', at: 1, for: 'look' } });
const rejected = {
  ...well,
  c1: { kind: 'rejected', credential: fresh, because: trouble({ code: 'credentialRejected' }) },
} satisfies Snapshot;
const needsSignIn = {
  ...well,
  xero: [signIn({ state: { kind: 'needsSignIn', because: trouble() } })],
} satisfies Snapshot;

function notices(settings = new MemorySettings(defaultSettings(HARBOUR)), renewedAt = clock.now()) {
  const shown: Notice[] = [];
  const notifier = { notify: (notice: Notice) => void shown.push(notice) };
  const signIns = { kept: [{ id: 'sign-in-1', renewedAt }] };
  return { shown, settings, it: new Notices({ clock, settings, notifier, signIns }) };
}
const titles = (shown: readonly Notice[]) => shown.map(({ title }) => title);

describe('notifications', () => {
  it('are silent on a good day, while something passes, and during set-up', () => {
    const { it: each, shown } = notices();
    each.follow(well);
    each.follow({ ...well, c1: { kind: 'offline', credential: fresh, because: trouble() } });
    each.follow({ ...rejected, setup: 'c1' });
    expect(shown).toEqual([]);
  });

  it('tell a cause once, and again when it comes back after it was gone', () => {
    const { it: each, shown } = notices();
    for (let times = 0; times < 3; times += 1) each.follow(rejected);
    expect(titles(shown)).toEqual(['C1 needs you']);
    each.follow(well);
    each.follow(rejected);
    expect(shown).toHaveLength(2);
  });

  it('tell a cause once over a restart, before which nothing is known yet', () => {
    const { settings, it: first } = notices();
    first.follow(needsSignIn);
    const { it: second, shown } = notices(settings);
    second.follow({ ...well, sync: { kind: 'idle' }, c1: { kind: 'none', because: null } });
    second.follow(needsSignIn);
    expect(shown).toEqual([]);
  });

  it('tell of each organisation that a person must mend, and none that Xero lets wait', () => {
    const { it: each, shown } = notices();
    const gone = organisation({
      state: { kind: 'missing', because: trouble({ code: 'organisationMissing' }) },
    });
    const slow = organisation({
      id: 'slow',
      state: { kind: 'failed', because: trouble({ code: 'xeroRateLimited', next: 'wait' }) },
    });
    const let_go = { ...gone, id: 'let-go', governed: false };
    each.follow({ ...well, xero: [signIn({ organisations: [gone, slow, let_go] })] });
    expect(titles(shown)).toEqual(['Harbour Books needs you']);
  });

  it('tell of a shut keychain once, however many things it shuts', () => {
    const { it: each, shown } = notices();
    const because = trouble({ code: 'keychainLocked', next: 'unlockKeychain' });
    const state = { kind: 'needsSignIn', because } as const;
    each.follow({ ...well, xero: [signIn({ state })], c1: { kind: 'none', because } });
    expect(titles(shown)).toEqual(['The keychain is shut']);
  });

  it('lead to where the person acts', () => {
    const shut = trouble({ code: 'keychainLocked', next: 'unlockKeychain' });
    const gone = organisation({
      state: { kind: 'missing', because: trouble({ code: 'organisationMissing' }) },
    });
    const lost = { kind: 'none', because: trouble({ code: 'credentialRejected' }) } as const;
    for (const [when, place] of [
      [needsSignIn, 'xero'],
      [{ ...well, xero: [signIn({ organisations: [gone] })] }, `organisation/${gone.id}`],
      [rejected, 'credential'],
      [{ ...well, c1: lost }, 'credential'],
      [{ ...well, c1: { kind: 'none', because: shut } }, 'c1'],
    ] satisfies [Snapshot, string][]) {
      const { it: each, shown } = notices();
      each.follow(when);
      expect(shown.map((notice) => notice.place)).toEqual([place]);
    }
  });

  it('tell of each of C1’s requests once, by its organisation alone, and lead to it', () => {
    const { it: each, shown, settings } = notices();
    const asked = { ...well, inbox: { requests: [change, everywhere, done] } };
    each.follow(asked);
    each.follow(asked);
    expect(titles(shown)).toEqual([
      'C1 asks for a change in Harbour & Sons Ltd',
      'C1 asks for somebody’s removal from several organisations',
    ]);
    expect(shown.map(({ place }) => place)).toEqual(['request/change', 'request/everywhere']);
    expect(JSON.stringify([shown, settings.read().notified])).not.toMatch(/Ana|Chidi|@/);
    const { it: restarted, shown: again } = notices(settings);
    restarted.follow({ ...well, sync: { kind: 'idle' } });
    restarted.follow(asked);
    expect(again).toEqual([]);
  });

  it('remind of an old credential, after as many days as were chosen or never', () => {
    const { it: each, shown } = notices();
    const old = (days: number, reminderDays: 30 | 90 | null): Snapshot => ({
      ...well,
      settings: { ...well.settings, reminderDays },
      c1: { ...connected, credential: { ...C1, addedAt: clock.now() - days * DAY } } as never,
    });
    each.follow(old(89, 90));
    each.follow(old(400, null));
    expect(shown).toEqual([]);
    each.follow(old(90, 90));
    each.follow(old(90, 90));
    expect(titles(shown)).toEqual(['Time to rotate the C1 credential']);
    expect(shown[0]?.place).toBe('credential');
  });

  it('warn of a sign-in that wasn’t renewed for 30 days', () => {
    const young = notices(undefined, clock.now() - 29 * DAY);
    young.it.follow(well);
    const old = notices(undefined, clock.now() - 30 * DAY);
    old.it.follow(well);
    expect([young.shown.length, titles(old.shown)]).toEqual([
      0,
      ['A sign-in to Xero is about to run out'],
    ]);
  });

  it('hold no cause in the settings that names anybody', () => {
    const { it: each, settings } = notices();
    each.follow(needsSignIn);
    each.follow(rejected);
    expect(JSON.stringify(settings.read().notified)).not.toMatch(/@|Ana|Harbour/);
  });
});
