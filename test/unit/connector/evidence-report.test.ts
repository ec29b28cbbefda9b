import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { systemRandom } from '../../../main/clock.ts';
import { DeskHere, DeskThere } from '../../../main/connector/access-desks.ts';
import { AccessList } from '../../../main/connector/access-list.ts';
import { notPrinted, reportMaker, sinceOf } from '../../../main/connector/evidence-report.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { KeptLooks, type LookEntry } from '../../../main/store/kept-looks.ts';
import type { AccessReport } from '../../../shared/access-report.ts';
import { fail, succeed, type Result } from '../../../shared/errors.ts';
import { well } from '../../e2e/screens/data.ts';
import { FakeClock } from '../fake-clock.ts';
import { harbour, user } from '../access/build.ts';
import { DAY, FIRST } from '../access/looks.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { deskAtHand } from './desk-at-hand.ts';
import { KeptHistory } from './kept-history.ts';

const quiet = { debug: () => 0, info: () => 0, warn: () => 0, error: () => 0 };
const ben = user({ userId: 'u-ben', globalUserId: 'g-ben', firstName: 'Ben', role: 'READONLY' });
const madeBy = reportMaker(well.app, well);

let folder: string;
let secrets: MemorySecrets;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  secrets = new MemorySecrets();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Everything but the printer is real; a new one is the app after a restart. */
function open() {
  const clock = new FakeClock(FIRST);
  const history = new KeptHistory();
  const printed: AccessReport[] = [];
  const signals: AbortSignal[] = [];
  const shown: string[] = [];
  const ways: { path: string | null; printing: Result<Uint8Array> | 'never' } = {
    path: join(folder, 'Report.pdf'),
    printing: succeed(Buffer.from('%PDF-1.4')),
  };
  const list = new AccessList({
    state: new StateHolder(well),
    clock,
    log: quiet,
    kept: new KeptLooks({ folder: join(folder, 'looks'), secrets, random: systemRandom }),
    desks: { here: new DeskHere(), there: new DeskThere(deskAtHand, clock) },
    history,
    saveDialog: { pick: () => Promise.resolve(ways.path) },
    fileManager: { reveal: (path) => void shown.push(path) },
    reportPrinter: {
      print: (report, signal) => {
        printed.push(report);
        signals.push(signal);
        return ways.printing === 'never'
          ? new Promise(() => undefined)
          : Promise.resolve(ways.printing);
      },
    },
  });
  const look = async (at: number, ...organisations: readonly OrganisationAccess[]) => {
    const options = { accountId: 'global', legacyOrganisationId: null } as const;
    list.looked({ organisations, options }, at);
    await list.idle();
  };
  return { list, clock, history, printed, signals, shown, ways, look };
}

describe('saving the evidence report', () => {
  it('writes the document and the data that its hash is of, for their owner alone', async () => {
    const { list, look, history, printed } = open();
    await look(FIRST, harbour(user(), ben));
    expect(valueOf(await list.saveReport({ look: FIRST }, madeBy))).toEqual({
      kind: 'saved',
      file: 'Report.pdf',
      dataFile: 'Report data.csv',
    });
    const [report] = printed;
    const data = await readFile(join(folder, 'Report data.csv'));
    const sha256 = createHash('sha256').update(data).digest('hex');
    expect(report).toMatchObject({
      dataFile: 'Report data.csv',
      data: { sha256, rows: 2 },
      madeAt: FIRST,
      since: { kind: 'nothing' },
      changes: null,
    });
    expect(await readFile(join(folder, 'Report.pdf'), 'utf8')).toBe('%PDF-1.4');
    for (const file of ['Report.pdf', 'Report data.csv']) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    }
    expect(history.events).toEqual([{ kind: 'export', what: 'report', people: 2, sha256 }]);
    expect(history.sentences).toEqual(['An evidence report was saved: 2 people with access']);
  });

  it('tells what changed since the last report, over a restart', async () => {
    const first = open();
    await first.look(FIRST, harbour(user()));
    valueOf(await first.list.saveReport({ look: FIRST }, madeBy));
    const { list, look, clock, printed } = open();
    await clock.advance(2 * DAY);
    await look(FIRST + DAY, harbour(user(), ben));
    valueOf(await list.saveReport({ look: FIRST + DAY }, madeBy));
    expect(printed[0]).toMatchObject({
      since: {
        kind: 'report',
        look: FIRST,
        madeAt: FIRST,
        sha256: first.printed[0]?.data.sha256,
      },
      changes: { counts: { joined: 1 } },
    });
    valueOf(await list.saveReport({ look: FIRST + DAY }, madeBy));
    expect(printed[1]).toMatchObject({ since: { look: FIRST + DAY }, changes: { rows: [] } });
  });

  it('tells what C1 asked of people, as the history keeps it', async () => {
    const { list, look, history, printed } = open();
    history.record({
      kind: 'request',
      what: 'verified',
      request: 'request-1',
      person: 'Ben',
      organisation: 'Harbour',
      task: 'changeRole',
      before: 'Read only',
      asked: 'Standard',
      after: 'Standard',
      because: null,
    });
    await look(FIRST, harbour(user(), ben));
    valueOf(await list.saveReport({ look: FIRST }, madeBy));
    expect(printed[0]?.requests).toMatchObject({
      since: null,
      rows: [{ person: 'Ben', end: { what: 'verified', after: 'Standard' } }],
    });
  });

  it('writes nothing where the admin thinks better of it or the document can’t be made', async () => {
    const { list, look, ways, history } = open();
    await look(FIRST, harbour(user()));
    ways.path = null;
    expect(valueOf(await list.saveReport({ look: FIRST }, madeBy))).toEqual({ kind: 'cancelled' });
    ways.path = join(folder, 'Report.pdf');
    ways.printing = fail(notPrinted);
    expect(failureOf(await list.saveReport({ look: FIRST }, madeBy))).toBe(notPrinted);
    expect(await readdir(folder)).toEqual(['looks']);
    expect(history.events).toEqual([]);
  });

  it('leaves a file of the admin’s alone that has the name of the data', async () => {
    const { list, look, printed } = open();
    await look(FIRST, harbour(user()));
    await writeFile(join(folder, 'Report data.csv'), 'mine');
    const first = valueOf(await list.saveReport({ look: FIRST }, madeBy));
    expect(first).toMatchObject({ file: 'Report.pdf', dataFile: 'Report data 2.csv' });
    const second = valueOf(await list.saveReport({ look: FIRST }, madeBy));
    expect(second).toMatchObject({ file: 'Report.pdf', dataFile: 'Report data 3.csv' });
    expect(printed.map(({ dataFile }) => dataFile)).toEqual([
      'Report data 2.csv',
      'Report data 3.csv',
    ]);
    expect(await readFile(join(folder, 'Report data.csv'), 'utf8')).toBe('mine');
  });

  it('gives up a document that is never ready, and says what to do', async () => {
    const { list, look, ways, clock, signals } = open();
    await look(FIRST, harbour(user()));
    ways.printing = 'never';
    const saving = list.saveReport({ look: FIRST }, madeBy);
    await vi.waitUntil(() => clock.asleep === 1);
    await clock.advance(5 * 60_000);
    const failure = failureOf(await saving);
    expect(failure).toMatchObject({ next: 'tryAgain' });
    expect(failure.message).toContain('save the table as CSV');
    expect(signals[0]?.aborted, 'the printer puts everything away').toBe(true);
    expect(await readdir(folder)).toEqual(['looks']);
  });

  it('shows in its folder what was saved last, and nothing else', async () => {
    const { list, look, ways, shown } = open();
    await look(FIRST, harbour(user()));
    expect(failureOf(list.showSaved())).toMatchObject({ code: 'usage' });
    ways.path = null;
    valueOf(await list.saveReport({ look: FIRST }, madeBy));
    expect(failureOf(list.showSaved())).toMatchObject({ code: 'usage' });
    ways.path = join(folder, 'Report.pdf');
    const saved = valueOf(await list.saveReport({ look: FIRST }, madeBy));
    expect(JSON.stringify(saved), 'the window isn’t told where it lies').not.toContain(folder);
    valueOf(list.showSaved());
    expect(shown).toEqual([ways.path]);
  });

  it('says so of a look that isn’t kept', async () => {
    const { list, look } = open();
    await look(FIRST, harbour(user()));
    expect(failureOf(await list.saveReport({ look: FIRST + 1 }, madeBy))).toMatchObject({
      code: 'usage',
    });
  });
});

describe('what the changes are counted from', () => {
  const entries = [3, 2, 1].map((days): LookEntry => ({
    at: FIRST + days * DAY,
    bytes: 1,
    details: null,
  }));
  const newest = FIRST + 3 * DAY;
  const last = { look: FIRST + 2 * DAY, madeAt: FIRST + 2.5 * DAY, sha256: 'abc' };

  it('is the last report, or the first kept look, which says what became of the last report', () => {
    expect(sinceOf(newest, entries, last)).toEqual({ kind: 'report', ...last });
    const first = { kind: 'first', look: FIRST + DAY };
    expect(sinceOf(newest, entries, null)).toEqual({ ...first, lost: null });
    const gone = { ...last, look: FIRST };
    expect(sinceOf(newest, entries, gone)).toEqual({ ...first, lost: last.madeAt });
  });

  it('is nothing where no look is earlier', () => {
    expect(sinceOf(FIRST + DAY, entries, null)).toEqual({ kind: 'nothing' });
    expect(sinceOf(FIRST + DAY, entries, last)).toEqual({ kind: 'nothing' });
  });
});

it('the report names those whom the app reads Xero through, each once', () => {
  const { xero } = well;
  expect(reportMaker(well.app, { xero: [...xero, ...xero] }).signedInAs).toHaveLength(1);
});
