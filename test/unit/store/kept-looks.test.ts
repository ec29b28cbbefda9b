import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../main/clock.ts';
import { DATA_KEY } from '../../../main/store/data-key.ts';
import { tooMany } from '../../../main/store/kept-looks-limits.ts';
import { KeptLooks, type LookDetails } from '../../../main/store/kept-looks.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from './memory-secrets.ts';

const DAY = 24 * 3_600_000;
const FIRST = Date.UTC(2026, 0, 5, 9);

let profile: string;
let folder: string;
let secrets: MemorySecrets;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'looks-'));
  folder = join(profile, 'looks');
  secrets = new MemorySecrets();
});
afterEach(() => rm(profile, { recursive: true, force: true }));

const open = () => new KeptLooks({ folder, secrets, random: systemRandom });
const details = (at: number, digest = `digest of ${at}`): LookDetails => ({
  digest,
  confirmedAt: at,
  accounts: 2,
  people: 1,
  roles: [{ id: 'standard', name: 'Standard', order: 50, people: 1 }],
});
const bytesOf = (text: string) => Buffer.from(text.repeat(20));
const keep = async (looks: KeptLooks, at: number, text = 'Ana Reyes') =>
  valueOf(await looks.keep(at, bytesOf(text), details(at)));
const timesOf = async (looks: KeptLooks) => valueOf(await looks.list()).map(({ at }) => at);

describe('kept looks', () => {
  it('are none at first', async () => {
    expect(valueOf(await open().list())).toEqual([]);
  });

  it('are found again after a restart, newest first, told of without being opened', async () => {
    const looks = open();
    await keep(looks, FIRST);
    await keep(looks, FIRST + DAY, 'Ben Okafor');
    const anew = open();
    expect(valueOf(await anew.list())).toMatchObject([
      { at: FIRST + DAY, details: details(FIRST + DAY) },
      { at: FIRST, details: details(FIRST) },
    ]);
    expect(valueOf(await anew.read(FIRST))).toEqual(bytesOf('Ana Reyes'));
    expect(valueOf(await anew.read(FIRST + DAY))).toEqual(bytesOf('Ben Okafor'));
  });

  it('show nobody what they hold, and nobody else may read them', async () => {
    await keep(open(), FIRST);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const names = await readdir(folder);
    expect(names.sort()).toEqual([`${FIRST}.look`, 'index']);
    for (const name of names) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
      const bytes = await readFile(join(folder, name));
      expect(bytes.includes('Ana')).toBe(false);
      expect(bytes.includes('Standard')).toBe(false);
    }
  });

  it('remember when the newest was last found so, and the company’s domains', async () => {
    const looks = open();
    await keep(looks, FIRST);
    valueOf(await looks.confirm(FIRST + 1000));
    valueOf(await looks.chooseDomains(['harbour.example']));
    const anew = open();
    expect(valueOf(await anew.list())[0]?.details?.confirmedAt).toBe(FIRST + 1000);
    expect(anew.ownDomains).toEqual(['harbour.example']);
  });

  it('stay for 13 months, the newest for as long as there is no newer one', async () => {
    const looks = open();
    await keep(looks, FIRST);
    await keep(looks, FIRST + 30 * DAY);
    await keep(looks, FIRST + 400 * DAY);
    expect(await timesOf(open())).toEqual([FIRST + 400 * DAY, FIRST + 30 * DAY]);
    await keep(looks, FIRST + 4000 * DAY);
    expect(await timesOf(open())).toEqual([FIRST + 4000 * DAY]);
    expect((await readdir(folder)).sort()).toEqual([`${FIRST + 4000 * DAY}.look`, 'index']);
  });
});

describe('old looks', () => {
  it('go though no other look is kept, for as long as the app runs', async () => {
    const looks = open();
    await keep(looks, FIRST);
    await keep(looks, FIRST + DAY);
    const later = FIRST + 397 * DAY;
    valueOf(await looks.removeOld(FIRST + 300 * DAY));
    expect(await timesOf(looks)).toEqual([FIRST + DAY, FIRST]);
    valueOf(await looks.removeOld(later));
    expect(await timesOf(looks)).toEqual([FIRST + DAY]);
    expect((await readdir(folder)).sort()).toEqual([`${FIRST + DAY}.look`, 'index']);
    expect(await timesOf(open())).toEqual([FIRST + DAY]);
  });
});

describe('how many looks are kept', () => {
  const MB = 1_000_000;
  const look = (at: number, bytes: number) => ({ at, bytes });
  const at = (looks: readonly { at: number }[]) => looks.map((each) => each.at);

  it('is what fits their part of 200 MB, and the oldest go first', () => {
    const looks = [look(5, 90 * MB), look(4, 90 * MB), look(3, 30 * MB), look(2, 1 * MB)];
    expect(at(tooMany(looks, 5))).toEqual([2, 3]);
    expect(at(tooMany(looks.slice(0, 2), 5))).toEqual([]);
    expect(at(tooMany([look(5, 900 * MB), look(4, 1)], 5))).toEqual([4]);
  });
});

describe('trouble with kept looks', () => {
  it('costs the one whose file was torn, changed, or is another’s', async () => {
    const looks = open();
    for (const day of [0, 1, 2, 3]) await keep(looks, FIRST + day * DAY);
    const path = (day: number) => join(folder, `${FIRST + day * DAY}.look`);
    const whole = await readFile(path(0));
    await writeFile(path(1), whole.subarray(0, whole.length - 3));
    await writeFile(path(2), whole);
    await rm(path(3));
    const anew = open();
    expect(valueOf(await anew.read(FIRST + DAY))).toBeNull();
    expect(valueOf(await anew.read(FIRST + 2 * DAY))).toBeNull();
    expect(valueOf(await anew.read(FIRST + 3 * DAY))).toBeNull();
    expect(valueOf(await anew.read(FIRST))).toEqual(bytesOf('Ana Reyes'));
    anew.leaveOut(FIRST + DAY);
    expect(await timesOf(anew)).toEqual([FIRST + 2 * DAY, FIRST]);
    expect(anew.unreadable).toBe(1);
  });

  it('keeps all looks when the index is damaged, without their numbers', async () => {
    await keep(open(), FIRST);
    await writeFile(join(folder, 'index'), 'torn');
    const anew = open();
    expect(valueOf(await anew.list())).toMatchObject([{ at: FIRST, details: null }]);
    expect(valueOf(await anew.read(FIRST))).toEqual(bytesOf('Ana Reyes'));
    await keep(anew, FIRST + DAY);
    expect(await timesOf(open())).toEqual([FIRST + DAY, FIRST]);
  });

  it('takes other files of the folder for none', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'notes.look'), 'x');
    await writeFile(join(folder, '12.look.tmp'), 'x');
    expect(await timesOf(open())).toEqual([]);
  });

  it('opens nothing with another key', async () => {
    await keep(open(), FIRST);
    secrets.entries.set(DATA_KEY, Buffer.alloc(32, 7).toString('base64'));
    expect(valueOf(await open().read(FIRST))).toBeNull();
  });

  it('is told when the keychain is locked, and over once it isn’t', async () => {
    const looks = open();
    secrets.locked = true;
    expect(failureOf(await looks.list()).code).toBe('keychainLocked');
    expect(failureOf(await looks.keep(FIRST, bytesOf('Ana'), details(FIRST))).code).toBe(
      'keychainLocked',
    );
    secrets.locked = false;
    await keep(looks, FIRST);
    expect(await timesOf(looks)).toEqual([FIRST]);
  });

  it('lists nothing half-written when the disk refuses, and the old is as before', async () => {
    const looks = open();
    await keep(looks, FIRST);
    // A folder in its place: no file can take that name.
    await mkdir(join(folder, `${FIRST + DAY}.look`, 'x'), { recursive: true });
    const kept = await looks.keep(FIRST + DAY, bytesOf('Ben'), details(FIRST + DAY));
    expect(failureOf(kept)).toMatchObject({ code: 'diskFailed' });
    expect(await timesOf(looks)).toEqual([FIRST]);
    expect((await readdir(folder)).some((name) => name.endsWith('.tmp'))).toBe(false);
  });
});
