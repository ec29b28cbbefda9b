import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../main/clock.ts';
import { exportHistory } from '../../../main/connector/history-export.ts';
import { History } from '../../../main/connector/history.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type {
  HistoryEvent,
  HistoryPage,
  HistoryPlace,
  HistoryQuery,
} from '../../../shared/history.ts';
import { tell } from '../../../shared/history-words.ts';
import { KeptLog } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { APP } from './snapshots.ts';

const ALL: HistoryQuery = { kinds: [], search: '' };
const NOVEMBER = Date.UTC(2026, 10, 23);
const MONTH = 30 * 24 * 3600_000;

const chosen = (name: string): HistoryEvent => ({
  kind: 'organisation',
  what: 'disconnected',
  name,
});
const signedIn: HistoryEvent = { kind: 'signIn', what: 'signedIn', who: 'Ana Reyes', app: 'web' };
const failed: HistoryEvent = {
  kind: 'sync',
  what: 'failed',
  taskId: 'task-1',
  because: { code: 'xeroUnavailable', message: 'Xero is down. We try again.', detail: 'HTTP 503' },
};

let folder: string;
let secrets: MemorySecrets;
let ids = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
  secrets = new MemorySecrets();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One run of the app. */
function run(now = NOVEMBER) {
  const clock = new FakeClock(now);
  const state = new StateHolder(initialSnapshot(APP));
  const log = new KeptLog();
  const newId = () => `entry-${(ids += 1)}`;
  const history = new History({ folder, secrets, random: systemRandom, clock, log, newId, state });
  const sentences = async (query = ALL) =>
    valueOf(await history.page(query, null)).entries.map(({ event }) => tell(event).sentence);
  return { history, clock, state, log, sentences };
}

/** All pages, one after the other. */
async function pages(history: History): Promise<readonly HistoryPage[]> {
  const all: HistoryPage[] = [];
  for (let before: HistoryPlace | null = null; ;) {
    const page: HistoryPage = valueOf(await history.page(ALL, before));
    all.push(page);
    if (page.next === null) return all;
    before = page.next;
  }
}

describe('the history', () => {
  it('shows what happens at once, and keeps it over a restart', async () => {
    const first = run();
    first.history.record(signedIn);
    first.history.record(failed);
    expect(first.state.snapshot.events.map(({ event }) => event)).toEqual([failed, signedIn]);
    await first.history.flush();
    const second = run();
    await second.history.restore();
    expect(second.state.snapshot.events).toEqual(first.state.snapshot.events);
  });

  it('gives pages newest first, each entry once, over the months', async () => {
    const { history, clock } = run(NOVEMBER - 2 * MONTH);
    for (let n = 0; n < 120; n += 1) {
      history.record(chosen(`Organisation ${n}`));
      await clock.advance(MONTH / 60);
    }
    const all = await pages(history);
    expect(all.map(({ entries }) => entries.length)).toEqual([50, 50, 20]);
    const names = all.flatMap(({ entries }) => entries).map(({ event }) => tell(event).sentence);
    const expected = Array.from(
      { length: 120 },
      (_, n) => `Organisation ${119 - n} was disconnected from Xero`,
    );
    expect(names).toEqual(expected);
  });

  it('goes on where a page ended though more happened meanwhile', async () => {
    const { history } = run();
    for (let n = 0; n < 60; n += 1) history.record(chosen(`Organisation ${n}`));
    const { next } = valueOf(await history.page(ALL, null));
    history.record(signedIn);
    const rest = valueOf(await history.page(ALL, next));
    expect(rest.entries.map(({ event }) => event)).toEqual(
      Array.from({ length: 10 }, (_, n) => chosen(`Organisation ${9 - n}`)),
    );
    expect(rest.next).toBeNull();
  });

  it('finds by kind and by words in the sentence and in the details, in any case', async () => {
    const { history, sentences } = run();
    history.record(signedIn);
    history.record(failed);
    history.record(chosen('Harbour Books'));
    const find = (search: string, kinds: HistoryQuery['kinds'] = []) =>
      sentences({ kinds, search });
    expect(await find('', ['signIn'])).toEqual(['Signed in to Xero']);
    expect(await find('BOOKS harbour')).toEqual(['Harbour Books was disconnected from Xero']);
    expect(await find('ana reyes')).toEqual(['Signed in to Xero']);
    expect(await find('503')).toEqual(['C1’s sync failed. Xero is down.']);
    expect(await find('harbour', ['signIn'])).toEqual([]);
  });

  it('loses nothing while the keychain is locked, and says so in the log as a code', async () => {
    secrets.locked = true;
    const { history, log, state, sentences } = run();
    history.record(signedIn);
    await history.flush();
    expect(log.lines.join('\n')).toContain('history.notWritten');
    expect(log.lines.join('\n')).toContain('keychainLocked');
    expect(log.lines.join('\n')).not.toContain('Ana');
    expect(await readdir(folder)).toEqual([]);
    expect(state.snapshot.events).toHaveLength(1);
    secrets.locked = false;
    history.record(failed);
    expect(await sentences()).toEqual(['C1’s sync failed. Xero is down.', 'Signed in to Xero']);
    expect(await run().sentences()).toHaveLength(2);
  });

  it('tells the window when it can’t be read', async () => {
    const first = run();
    first.history.record(signedIn);
    await first.history.flush();
    secrets.locked = true;
    const { history, log } = run();
    expect(failureOf(await history.page(ALL, null)).code).toBe('keychainLocked');
    await history.restore();
    expect(log.lines.join('\n')).toContain('history.notRead');
  });

  it('is shown once the keychain opens, when it was locked as the app began', async () => {
    const first = run();
    first.history.record(signedIn);
    await first.history.flush();
    secrets.locked = true;
    const { history, state } = run();
    await history.begin('0.1.0');
    await history.flush();
    secrets.locked = false;
    const all = new Promise((resolve) => {
      state.subscribe(({ events }) => {
        if (events.length === 3) resolve(events.map(({ event }) => event));
      });
    });
    history.record(failed);
    const started = { kind: 'app', what: 'started', version: '0.1.0' };
    expect(await all).toEqual([failed, started, signedIn]);
  });

  it('says that the app started, and as what it was updated', async () => {
    const first = run();
    await first.history.begin('0.1.0');
    await first.history.flush();
    const second = run();
    await second.history.begin('0.1.0');
    await second.history.flush();
    const third = run();
    await third.history.begin('0.2.0');
    expect(await third.sentences()).toEqual([
      'The app started',
      'The app was updated from 0.1.0 to 0.2.0',
      'The app started',
      'The app started',
    ]);
  });

  it('forgets what is older than thirteen months as it begins', async () => {
    const old = run(NOVEMBER - 14 * MONTH);
    old.history.record(chosen('Long ago'));
    await old.history.flush();
    const { history, sentences } = run();
    await history.begin('0.1.0');
    expect(await sentences()).toEqual(['The app started']);
  });
});

describe('an export of the history', () => {
  const exported = async (format: 'csv' | 'jsonLines', path: string | null, query = ALL) => {
    const { history, clock, sentences } = run();
    history.record(signedIn);
    history.record(chosen('=HYPERLINK("http://evil.example","Acme")'));
    const asked: string[] = [];
    const saveDialog = {
      pick: ({ name }: { name: string }) => {
        asked.push(name);
        return Promise.resolve(path);
      },
    };
    const answer = await exportHistory(format, query, { history, clock, saveDialog });
    return { answer, asked, sentences };
  };

  it('as CSV has a row for each entry, newest first, and no formula', async () => {
    const path = join(folder, 'out.csv');
    const { answer, asked } = await exported('csv', path);
    expect(valueOf(answer)).toEqual({ kind: 'saved', entries: 2 });
    expect(asked).toEqual(['Xero connector history 2026-11-23.csv']);
    const [head, first, second] = (await readFile(path, 'utf8')).split('\r\n');
    expect(head).toBe('\ufeffTime (UTC),Kind,What happened,Details,Entry');
    expect(first).toMatch(/^2026-11-23T00:00:00.000Z,Organisations,"'=HYPERLINK/);
    expect(second).toContain('Signed in to Xero,Who: Ana Reyes; Kind of app: Web app,entry-');
  });

  it('as JSON lines has the whole event in each line', async () => {
    const path = join(folder, 'out.jsonl');
    await exported('jsonLines', path, { kinds: ['signIn'], search: '' });
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { time: '2026-11-23T00:00:00.000Z', ...signedIn, sentence: 'Signed in to Xero' },
    ]);
  });

  it('is recorded itself', async () => {
    const { sentences } = await exported('csv', join(folder, 'out.csv'));
    expect((await sentences())[0]).toBe('The history was exported: 2 entries');
  });

  it('that the admin thinks better of leaves no trace', async () => {
    const { answer, sentences } = await exported('csv', null);
    expect(valueOf(answer)).toEqual({ kind: 'notSaved' });
    expect(await sentences()).toHaveLength(2);
  });

  it('that can’t be written fails in words about the place, and isn’t recorded', async () => {
    const { answer, sentences } = await exported('csv', folder);
    expect(failureOf(answer).message).toContain('Choose another folder');
    expect(await sentences()).toHaveLength(2);
  });
});
