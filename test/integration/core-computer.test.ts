import { mkdir, readdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inThread } from '../../main/c1z/worker-run.ts';
import { WorkerWriter } from '../../main/c1z/worker-writer.ts';
import { diskFull } from '../../main/c1z/failures.ts';
import { systemClock } from '../../main/clock.ts';
import { fail } from '../../shared/errors.ts';
import { atOnce } from '../unit/c1z/at-once.ts';
import { DONE, KAURI, openDesk, refused, WORKER, type Desk } from './core-desk.ts';
import { keychainAbsent, keychainLocked } from './core-surroundings.ts';

const TROUBLES = [
  ['locked', keychainLocked],
  ['absent', keychainAbsent],
] as const;

function xeroEntries(desk: Desk): readonly (readonly [string, string])[] {
  return [...desk.keychain.entries].filter(([key]) => key.startsWith('xero/'));
}

describe.each(TROUBLES)('a keychain that is %s', (_how, { code, next }) => {
  const trouble = code === 'keychainLocked' ? keychainLocked : keychainAbsent;

  it('at the sign-in: it fails, here and in the browser, and nothing is kept', async () => {
    const desk = await openDesk();
    desk.keychain.breakDown(trouble);
    expect(await desk.signIn()).toMatchObject(refused(code, next));
    expect(await desk.browser.tab).toContain('Not signed in');
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedOut', because: { code } } }]);
    expect(desk.settings.read()).toMatchObject({ signIns: [], governed: [], setup: 'xero' });
    expect(desk.keychain.written.map(({ key }) => key)).toEqual(['data-key']);
    expect(await readdir(desk.profile)).toEqual(['history']);

    desk.keychain.mend();
    expect(await desk.signIn()).toMatchObject(DONE);
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
  });

  it('when a token is replaced: it is said, and the sign-in isn’t lost', async () => {
    const desk = await openDesk();
    await desk.signIn();
    await desk.until(() => desk.organisation(KAURI)?.state.kind === 'read');
    const kept = xeroEntries(desk);
    desk.sandbox.xero.expireAccessTokens();
    desk.keychain.breakDown(trouble, ['write']);
    expect(await desk.intents.checkXeroNow()).toMatchObject(refused(code, next));
    expect(desk.snapshot.sync).toMatchObject({ kind: 'failed', because: { code } });
    expect(xeroEntries(desk)).toEqual(kept);

    desk.keychain.mend();
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
    expect(xeroEntries(desk)).not.toEqual(kept);
  });

  it('when C1 asks: the sync fails and C1 may ask again', async () => {
    const desk = await openDesk();
    await desk.signIn();
    await desk.connectC1();
    desk.sandbox.xero.expireAccessTokens();
    desk.keychain.breakDown(trouble);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: false, nonRetryable: false } });
    expect(desk.snapshot.sync).toMatchObject({
      kind: 'failed',
      for: 'c1',
      because: { code, next },
    });
    expect(desk.sandbox.c1.uploads()).toEqual([]);

    desk.keychain.mend();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('when the C1 credential is pasted: it isn’t kept, and isn’t used', async () => {
    const desk = await openDesk({ c1: { autoSync: true } });
    await desk.signIn();
    desk.keychain.breakDown(trouble);
    expect(await desk.connectC1()).toMatchObject(refused(code, next));
    expect(desk.snapshot.c1).toMatchObject({ kind: 'none', because: { code } });
    expect(desk.keychain.entries.has('c1')).toBe(false);
    expect(desk.sandbox.c1.uploads()).toEqual([]);

    desk.keychain.mend();
    expect(await desk.connectC1()).toMatchObject(DONE);
  });

  it('at the start: it is said at both ends, nothing is overwritten, and unlocking mends it', async () => {
    const desk = await openDesk();
    await desk.settle();
    await desk.syncNow();
    await desk.until(({ uploaded }) => uploaded !== null);
    desk.keychain.breakDown(trouble);
    await desk.restart();
    expect(desk.snapshot).toMatchObject({
      xero: [{ who: null, state: { kind: 'needsSignIn', because: { code } } }],
      c1: { kind: 'none', because: { code } },
      uploaded: null,
    });
    expect(await desk.intents.checkXeroNow()).toMatchObject(refused(code, next));

    desk.keychain.mend();
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
    expect(desk.snapshot).toMatchObject({
      xero: [{ who: { name: 'Aroha Ngata' }, state: { kind: 'signedIn' } }],
      uploaded: { counts: { organisations: 1 } },
    });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('and opened later: what it kept shut is read by itself, C1 is called and Xero looked at', async () => {
    const desk = await openDesk();
    await desk.settle();
    await desk.syncNow();
    await desk.until(({ uploaded }) => uploaded !== null);
    desk.keychain.breakDown(trouble);
    await desk.restart();
    const before = desk.calls('users');
    await desk.connector.unlocked();
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'needsSignIn' } }]);

    desk.keychain.mend();
    await desk.connector.unlocked();
    await desk.until(({ c1 }) => c1.kind === 'connected');
    const { xero, uploaded, events } = await desk.until(({ sync }) => sync.kind === 'done');
    expect(xero).toMatchObject([{ who: { name: 'Aroha Ngata' }, state: { kind: 'signedIn' } }]);
    expect(uploaded).not.toBeNull();
    expect(desk.calls('users')).toBe(before + 1);
    expect(events.map(({ event }) => event.kind)).toContain('upload');
    await desk.connector.unlocked();
    expect(desk.calls('users')).toBe(before + 1);
  });

  it('and opened during a pause: all is read, and Xero is left alone', async () => {
    const desk = await openDesk();
    await desk.settle();
    await desk.intents.pause({ length: 'byHand' });
    desk.keychain.breakDown(trouble);
    await desk.restart();
    const before = desk.calls('users');
    desk.keychain.mend();
    await desk.connector.unlocked();
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
    expect(desk.snapshot.c1.kind).not.toBe('none');
    expect(desk.calls('users')).toBe(before);
  });

  it('when signing out: the sign-in stays, so that it can be ended later', async () => {
    const desk = await openDesk();
    await desk.signIn();
    const signInId = desk.snapshot.xero[0]?.id ?? '';
    desk.keychain.breakDown(trouble);
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(
      refused(code, next),
    );
    expect(desk.settings.read().signIns).toHaveLength(1);
    desk.keychain.mend();
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(DONE);
    expect(desk.sandbox.xero.connections(desk.app)).toEqual([]);
  });
});

describe('the disk', () => {
  it('that is full while the file is written: it is said, and a free one mends it', async () => {
    let full = true;
    const desk = await openDesk({
      writer: {
        ...atOnce,
        write: (...job) => (full ? Promise.resolve(fail(diskFull)) : atOnce.write(...job)),
      },
    });
    await desk.settle();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: false, nonRetryable: false } });
    expect(desk.snapshot.sync).toMatchObject({
      kind: 'failed',
      because: { code: 'diskFull', next: 'freeDisk' },
    });
    expect(desk.sandbox.c1.uploads()).toEqual([]);
    expect(await desk.leftovers()).toEqual([]);
    full = false;
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('whose writing worker breaks down: it is said, and the next sync has a fresh one', async () => {
    const exits = new URL('data:text/javascript,process.exit(9)');
    const broken = new WorkerWriter(inThread(exits), systemClock);
    const whole = new WorkerWriter(inThread(WORKER), systemClock);
    let writer = broken;
    const desk = await openDesk({
      writer: { ...atOnce, write: (...job) => writer.write(...job) },
    });
    await desk.settle();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: false, nonRetryable: false } });
    expect(desk.snapshot.sync).toMatchObject({
      kind: 'failed',
      because: { code: 'bug', next: 'reportProblem' },
    });
    expect(await desk.leftovers()).toEqual([]);
    writer = whole;
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('on which the profile can’t be made: nothing is uploaded, and it is said', async () => {
    // A folder below what is no folder can be neither made nor read, not even by root.
    const desk = await openDesk({ profile: '/dev/null/profile' });
    await desk.settle();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: false, nonRetryable: false } });
    expect(desk.snapshot.sync).toMatchObject({ kind: 'failed', because: { code: 'diskFailed' } });
    expect(desk.sandbox.c1.uploads()).toEqual([]);
  });

  it('on which the memory can’t be read: work goes on, and what was remembered isn’t overwritten', async () => {
    const desk = await openDesk();
    await desk.settle();
    await desk.syncNow();
    const { uploaded } = await desk.until((snapshot) => snapshot.uploaded !== null);
    await desk.connector.stop();
    const memory = join(desk.profile, 'memory.sealed');
    await rename(memory, `${memory}.aside`);
    await mkdir(memory);
    await desk.restart();
    expect(desk.snapshot).toMatchObject({
      xero: [{ who: null, state: { kind: 'needsSignIn', because: { code: 'diskFailed' } } }],
    });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });

    await desk.connector.stop();
    await rmdir(memory);
    await rename(`${memory}.aside`, memory);
    await desk.restart();
    expect(desk.snapshot).toMatchObject({ xero: [{ who: { name: 'Aroha Ngata' } }], uploaded });
  });

  it('holds nothing of a sync that was killed, after the next start', async () => {
    const desk = await openDesk();
    await desk.settle();
    await desk.connector.stop();
    const folder = join(desk.profile, 'sync');
    const name = `${desk.sandbox.c1.enqueue('sync_full')}.sync.c1z`;
    await mkdir(join(folder, `${name}.db.lock`), { recursive: true });
    for (const suffix of ['', '.db', '.tmp']) await writeFile(join(folder, name + suffix), 'half');
    await desk.restart();
    expect(await desk.leftovers()).toEqual([]);
  });
});
