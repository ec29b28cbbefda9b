import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, systemRandom } from '../../../main/clock.ts';
import { DeskHere, DeskThere, type StartDesk } from '../../../main/connector/access-desks.ts';
import { AccessList } from '../../../main/connector/access-list.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { reduce } from '../../../main/connector/state.ts';
import { KeptLooks } from '../../../main/store/kept-looks.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { everybody } from '../../../shared/access-kinds.ts';
import { well } from '../../e2e/screens/data.ts';
import { harbour, user } from '../access/build.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { deskAtHand } from './desk-at-hand.ts';
import { KeptHistory } from './kept-history.ts';

const DAY = 24 * 3_600_000;
const FIRST = Date.UTC(2026, 10, 3, 9);
const quiet = { debug: () => 0, info: () => 0, warn: () => 0, error: () => 0 };
const ben = user({ userId: 'u-ben', globalUserId: 'g-ben', firstName: 'Ben', role: 'READONLY' });
const crowd = Array.from({ length: 1500 }, (_, index) =>
  user({ userId: `u-${index}`, globalUserId: `g-${index}`, firstName: `Person ${index}` }),
);

let folder: string;
let secrets: MemorySecrets;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
  secrets = new MemorySecrets();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(start: StartDesk = deskAtHand) {
  const state = new StateHolder({ ...well, keptLooks: well.keptLooks });
  const history = new KeptHistory();
  const shown: string[] = [];
  const saving = { path: null as string | null };
  const list = new AccessList({
    state,
    clock: systemClock,
    log: quiet,
    kept: new KeptLooks({ folder: join(folder, 'looks'), secrets, random: systemRandom }),
    desks: { here: new DeskHere(), there: new DeskThere(start, systemClock) },
    history,
    saveDialog: { pick: () => Promise.resolve(saving.path) },
    fileManager: { reveal: (path) => void shown.push(path) },
    reportPrinter: { print: () => Promise.reject(new Error('nobody prints here')) },
  });
  const look = async (at: number, ...organisations: readonly OrganisationAccess[]) => {
    const options = { accountId: 'global', legacyOrganisationId: null } as const;
    list.looked({ organisations, options }, at);
    await list.idle();
  };
  const rows = async (search = '') => {
    const overview = valueOf(await list.overview());
    if (overview === null) throw new Error('There is no look.');
    const view = { ...everybody, filter: { ...everybody.filter, search } };
    const slice = { from: 0, count: 100 };
    return valueOf(await list.list({ look: overview.look, view, slice }));
  };
  return { list, state, events: history.events, shown, saving, look, rows };
}

describe('the access list', () => {
  it('knows nobody before the first look', async () => {
    const { list, state } = open();
    await list.restore();
    expect(valueOf(await list.overview())).toBeNull();
    expect(state.snapshot.keptLooks).toEqual({ newest: null, confirmedAt: null, trouble: null });
  });

  it('keeps a look that differs, and confirms one that doesn’t', async () => {
    const { list, state, look, events } = open();
    await look(FIRST, harbour(user()));
    await look(FIRST + DAY, harbour(user()));
    expect(state.snapshot.keptLooks).toMatchObject({ newest: FIRST, confirmedAt: FIRST + DAY });
    await look(FIRST + 2 * DAY, harbour(user(), ben));
    expect(valueOf(await list.overview())).toMatchObject({
      look: FIRST + 2 * DAY,
      people: 2,
      looks: [
        { at: FIRST + 2 * DAY, people: 2 },
        { at: FIRST, people: 1 },
      ],
    });
    expect(events).toEqual([{ kind: 'look', what: 'changed', joined: 1, left: 0, changedRole: 0 }]);
  });

  it('shows the kept looks after a restart, with their time', async () => {
    await open().look(FIRST, harbour(user(), ben));
    const { list, state, rows } = open();
    await list.restore();
    expect(state.snapshot.keptLooks).toMatchObject({ newest: FIRST, confirmedAt: FIRST });
    expect((await rows()).rows.map(({ name }) => name)).toEqual(['Ana Reyes', 'Ben Reyes']);
  });

  it('answers the same for many people, from a process of its own', async () => {
    const { look, rows, list } = open();
    await look(FIRST, harbour(...crowd));
    await look(FIRST + DAY, harbour(...crowd.slice(1)));
    expect((await rows()).total).toBe(1499);
    expect((await rows('person 77')).rows.map(({ id }) => id)).toContain('g-77');
    const slice = { from: 0, count: 10 };
    const filter = { search: '', kind: null, organisation: null };
    const changes = await list.changes({ from: FIRST, to: FIRST + DAY, filter, slice });
    expect(valueOf(changes)).toMatchObject({ total: 1, counts: { left: 1 } });
  });

  it('outlives a process that breaks', async () => {
    const ends: (() => void)[] = [];
    const { look, rows } = open((onMessage) => {
      const desk = deskAtHand(onMessage);
      ends.push(() => void desk.stop());
      return desk;
    });
    await look(FIRST, harbour(...crowd));
    expect((await rows()).total).toBe(1500);
    for (const end of ends) end();
    expect((await rows()).total).toBe(1500);
    expect(ends).toHaveLength(2);
  });

  it('saves what is shown for its owner alone, and says so in the history', async () => {
    const { list, look, saving, events } = open();
    await look(FIRST, harbour(user({ firstName: '=1+2' }), ben));
    const request = { kind: 'list', look: FIRST, view: everybody } as const;
    expect(valueOf(await list.export(request))).toBe('cancelled');
    saving.path = join(folder, 'access.csv');
    expect(valueOf(await list.export(request))).toBe('saved');
    const lines = (await readFile(saving.path, 'utf8')).split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffName,E-mail,Organisation,Access,/);
    expect(lines[1]).toMatch(/^'=1\+2 Reyes,ana@harbour.example,Harbour Books,Standard,no,before/);
    expect((await stat(saving.path)).mode & 0o777).toBe(0o600);
    expect(events.at(-1)).toEqual({ kind: 'export', what: 'access', rows: 2 });
  });
});

describe('trouble with the access list', () => {
  it('leaves out a look that was changed, with a word, and shows the one before', async () => {
    const { look } = open();
    await look(FIRST, harbour(user()));
    await look(FIRST + DAY, harbour(user(), ben));
    await writeFile(join(folder, 'looks', `${FIRST + DAY}.look`), 'torn');
    expect(valueOf(await open().list.overview())).toMatchObject({ look: FIRST, unreadable: 1 });
    await writeFile(join(folder, 'looks', `${FIRST}.look`), 'torn');
    expect(failureOf(await open().list.overview())).toMatchObject({ code: 'fileInvalid' });
  });

  it('shows a look that the disk didn’t take, says so, and keeps it once there is room', async () => {
    const { list, look, state, rows } = open();
    const inItsPlace = join(folder, 'looks', `${FIRST}.look`);
    await mkdir(join(inItsPlace, 'x'), { recursive: true });
    await look(FIRST, harbour(user()));
    expect(state.snapshot.keptLooks).toMatchObject({
      newest: FIRST,
      trouble: { code: 'diskFailed' },
    });
    expect((await rows()).total).toBe(1);
    await rm(inItsPlace, { recursive: true });
    await look(FIRST + DAY, harbour(user()));
    expect(state.snapshot.keptLooks).toMatchObject({ newest: FIRST, trouble: null });
    expect(await readdir(join(folder, 'looks'))).toContain(`${FIRST}.look`);
    expect(valueOf(await list.overview())?.confirmedAt).toBe(FIRST + DAY);
  });

  it('shows the look of this run while the keychain is locked', async () => {
    const { look, state, rows } = open();
    secrets.locked = true;
    await look(FIRST, harbour(user()));
    expect(state.snapshot.keptLooks.trouble).toMatchObject({ code: 'keychainLocked' });
    expect((await rows()).total).toBe(1);
  });

  it('says so where a process can’t be had at all', async () => {
    const { look, state } = open(() => ({
      post: () => undefined,
      ended: Promise.resolve('exit code 1'),
      stop: () => Promise.resolve(),
    }));
    await look(FIRST, harbour(...crowd));
    expect(state.snapshot.keptLooks).toMatchObject({ newest: null, trouble: { code: 'bug' } });
  });
});

it('the state tells the window of each kept look', () => {
  const to = { newest: FIRST, confirmedAt: FIRST, trouble: null };
  expect(reduce(well, { type: 'lookKept', to }).keptLooks).toEqual(to);
});
