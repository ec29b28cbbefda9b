import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../main/clock.ts';
import { emptyMemory, Memory } from '../../../main/connector/memory.ts';
import { People } from '../../../main/connector/people.ts';
import { Remembering } from '../../../main/connector/remembering.ts';
import { defaultSettings, type Settings } from '../../../main/connector/settings.ts';
import type { KeptSignIn } from '../../../main/connector/kept-sign-in.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { KeptLog } from '../c1/quiet.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { CLIENT_ID } from '../xero/fake-xero.ts';
import { MemorySettings } from './memory-settings.ts';
import { APP, COUNTS, FARM, HARBOUR, organisation, signIn, snapshot } from './snapshots.ts';

const CHOSEN: Settings = {
  ...defaultSettings('0f3c1d52-9d2e-4c5e-9f38-0a0a0a0a0a0a'),
  signIns: [{ id: 'sign-in-1', app: 'desktop', clientId: CLIENT_ID }],
  governed: [HARBOUR],
  setup: 'done',
};
const KEPT: KeptSignIn = {
  id: 'sign-in-1',
  app: 'desktop',
  clientId: CLIENT_ID,
  subject: 'subject-of-ana',
  who: { name: 'Ana Reyes', email: 'ana@harbour.example' },
  renewedAt: 4,
};

let folder: string;
let secrets: MemorySecrets;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remembering-'));
  secrets = new MemorySecrets();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One run of the app. */
function run(shown: Snapshot = initialSnapshot(APP), settings = CHOSEN) {
  const state = new StateHolder(shown);
  const log = new KeptLog();
  const signIns = {
    kept: [KEPT] as readonly KeptSignIn[],
    restore(kept: readonly KeptSignIn[]) {
      this.kept = kept;
    },
  };
  const memory = new Remembering({
    folder,
    secrets,
    random: systemRandom,
    log,
    settings: new MemorySettings(settings),
    signIns,
    state,
  });
  return { memory, state, log, signIns };
}

/** A run that looked, uploaded and ended. */
async function earlierRun() {
  const organisations = [
    organisation({ state: { kind: 'read', at: 1, people: 3, roles: [] } }),
    organisation({ id: FARM, name: 'Hillside Farm', demo: true, governed: false, shortCode: null }),
  ];
  const { memory } = run(snapshot({ xero: [signIn({ organisations })] }));
  memory.people = new People([['u-ana', 'g-ana']]);
  valueOf(await memory.write('beginAnew'));
}

describe('what the app remembers', () => {
  it('comes back at the next start', async () => {
    await earlierRun();
    const { memory, state, signIns } = run();
    await memory.restore();
    expect(signIns.kept).toEqual([KEPT]);
    expect([...memory.people.known]).toEqual([['u-ana', 'g-ana']]);
    expect(memory.readable).toBe(true);
    expect(state.snapshot).toMatchObject({
      setup: 'done',
      uploaded: { at: 3, counts: COUNTS, bytes: 4096 },
      xero: [{ id: 'sign-in-1', who: KEPT.who, state: { kind: 'signedIn' } }],
    });
    expect(state.snapshot.xero[0]?.organisations).toEqual([
      organisation({ state: { kind: 'unread' } }),
      organisation({
        id: FARM,
        name: 'Hillside Farm',
        demo: true,
        governed: false,
        shortCode: null,
      }),
    ]);
  });

  it.each(['web', 'custom'] as const)('comes back for an app of kind %s', async (app) => {
    const who = app === 'custom' ? null : KEPT.who;
    const settings = { ...CHOSEN, signIns: [{ id: KEPT.id, app, clientId: CLIENT_ID }] };
    const first = run(snapshot({ xero: [signIn({ app, who })] }), settings);
    const kept = { ...KEPT, app, who };
    first.signIns.restore([kept]);
    valueOf(await first.memory.write('beginAnew'));
    const { memory, state, signIns } = run(undefined, settings);
    await memory.restore();
    expect(signIns.kept).toEqual([kept]);
    expect(state.snapshot.xero).toMatchObject([{ app, who, state: { kind: 'signedIn' } }]);
  });

  it('of a run that didn’t note renewals yet is taken too', () => {
    const { id, subject, who } = KEPT;
    const signIns = [{ id, subject, who, organisations: [] }];
    expect(Memory.parse({ ...emptyMemory, signIns }).signIns).toEqual([
      { id, subject, who, organisations: [], renewedAt: null },
    ]);
  });

  it('of a run that kept the list of events here is taken too, without the list', () => {
    const events = [{ at: 5, text: 'Signed in to Xero', tone: 'good' }];
    expect(Memory.parse({ ...emptyMemory, events })).toEqual(emptyMemory);
  });

  it('can be read by nobody without the keychain', async () => {
    await earlierRun();
    expect(await readdir(folder)).toEqual(['memory.sealed']);
    const bytes = (await readFile(join(folder, 'memory.sealed'))).toString('latin1');
    expect(bytes).not.toMatch(/Ana|Harbour|u-ana/);
  });

  it('is nothing on the first start', async () => {
    const { memory, state, signIns } = run(undefined, {
      ...CHOSEN,
      signIns: [],
      governed: [],
      setup: 'xero',
    });
    await memory.restore();
    expect(memory.readable).toBe(true);
    expect(signIns.kept).toEqual([]);
    expect(state.snapshot).toMatchObject({ setup: 'xero', xero: [], uploaded: null });
  });

  it('may be lost: the sign-in goes on without a name', async () => {
    await earlierRun();
    await writeFile(join(folder, 'memory.sealed'), 'torn');
    const { memory, state, signIns } = run();
    await memory.restore();
    expect(state.snapshot.xero).toMatchObject([
      { id: 'sign-in-1', who: null, state: { kind: 'signedIn' }, organisations: [] },
    ]);
    expect(signIns.kept[0]?.subject).toBe('');
    valueOf(await memory.write());
  });

  it('says why each sign-in waits while the keychain is locked, and overwrites nothing', async () => {
    await earlierRun();
    const before = await readFile(join(folder, 'memory.sealed'));
    const { memory, state } = run();
    secrets.locked = true;
    await memory.restore();
    expect(memory.readable).toBe(false);
    expect(state.snapshot.xero[0]?.state).toMatchObject({
      kind: 'needsSignIn',
      because: { code: 'keychainLocked', next: 'unlockKeychain' },
    });
    secrets.locked = false;
    valueOf(await memory.write());
    expect(before.equals(await readFile(join(folder, 'memory.sealed')))).toBe(true);
    await memory.restore();
    expect(state.snapshot.xero[0]).toMatchObject({ who: KEPT.who, state: { kind: 'signedIn' } });
  });

  it('is begun anew when the admin signs in anew', async () => {
    await earlierRun();
    const { memory } = run(snapshot());
    secrets.locked = true;
    await memory.restore();
    secrets.locked = false;
    valueOf(await memory.write('beginAnew'));
    const later = run();
    await later.memory.restore();
    expect(later.memory.people.known.size).toBe(0);
  });

  it('that can’t be written is told and logged, without names', async () => {
    const { memory, log } = run(snapshot());
    secrets.readOnly = true;
    expect(failureOf(await memory.write('beginAnew')).code).toBe('keychainLocked');
    expect(log.lines).toEqual(['warn memory.notWritten {"code":"keychainLocked"}']);
  });
});
