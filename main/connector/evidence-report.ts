import { basename, dirname, join } from 'node:path';
import type { ReportSaved } from '../../shared/access-list.ts';
import type { AccessReport, ReportMaker, ReportSince } from '../../shared/access-report.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { AppInfo, Snapshot } from '../../shared/snapshot.ts';
import type { Clock, Log, ReportPrinter, SaveDialog } from '../ports.ts';
import type { KeptLooks, LastReport, LookEntry } from '../store/kept-looks.ts';
import { freeName } from '../store/free-name.ts';
import { writePrivately } from '../store/private-export.ts';
import type { DeskQuestions } from './access-desk.ts';
import type { ReadableHistory } from './history.ts';
import { reportedRequests } from './reported-requests.ts';

type Report = DeskQuestions['report'];
/** What the window is told of it, and where it lies. */
type ReportKept =
  | Exclude<ReportSaved, { kind: 'saved' }>
  | (ReportSaved & { kind: 'saved'; readonly path: string });

/** A document takes seconds; one that isn't ready by then never will be. */
const PRINT_MINUTES = 5;

interface ReportSurroundings {
  readonly kept: KeptLooks;
  readonly entries: readonly LookEntry[];
  readonly ask: (
    question: Report['question'],
    looks: readonly number[],
  ) => Promise<Result<Report['answer']>>;
  readonly reportPrinter: ReportPrinter;
  readonly saveDialog: SaveDialog;
  readonly clock: Clock;
  readonly history: ReadableHistory;
  readonly log: Log;
}

/**
 * Writes the evidence report of a look where the admin says, as a PDF, with its data beside it. The
 * next one tells what changed since this look.
 */
export async function saveReport(
  look: number,
  madeBy: ReportMaker,
  surroundings: ReportSurroundings,
): Promise<Result<ReportKept>> {
  const { kept, entries, ask, reportPrinter, saveDialog, clock, history, log } = surroundings;
  const madeAt = clock.now();
  const path = await saveDialog.pick({
    title: say('evidenceReport.saveTheEvidenceReport'),
    name: `Xero access report ${dayOf(madeAt)}.pdf`,
    kind: 'pdf',
  });
  if (path === null) return succeed({ kind: 'cancelled' });
  const since = sinceOf(look, entries, kept.lastReport);
  const from = since.kind === 'nothing' ? null : since.look;
  const made = await ask({ from, to: look }, from === null ? [look] : [from, look]);
  if (!made.ok) return made;
  const asked = await history.all({ kinds: ['request'], search: '' });
  if (!asked.ok) return asked;
  const requests = reportedRequests(asked.value, since);
  const { report, csv } = made.value;
  const file = basename(path);
  // The dialog asked about the document alone, and another file of the admin's may have this name.
  const dataFile = await freeName(dirname(path), dataFileOf(file));
  const confirmedAt = entries.find(({ at }) => at === look)?.details?.confirmedAt ?? look;
  const whole = {
    ...report,
    madeAt,
    madeBy,
    takenAt: look,
    confirmedAt,
    since,
    requests,
    dataFile,
  };
  const printed = await printInTime(reportPrinter, whole, clock);
  if (!printed.ok) return printed;
  const data = await writePrivately(join(dirname(path), dataFile), [csv]);
  if (!data.ok) return data;
  const written = await writePrivately(path, [printed.value]);
  if (!written.ok) return written;
  const { sha256 } = report.data;
  const remembered = await kept.reported({ look, madeAt, sha256 });
  if (!remembered.ok) log.warn('report.notRemembered', { code: remembered.failure.code });
  history.record({ kind: 'export', what: 'report', people: report.counts.people, sha256 });
  return succeed({ kind: 'saved', file, dataFile, path });
}

/** A page that never says that it stands there is given up. */
async function printInTime(
  printer: ReportPrinter,
  report: AccessReport,
  clock: Clock,
): Promise<Result<Uint8Array>> {
  const done = new AbortController();
  const late = clock.sleep(PRINT_MINUTES * 60_000, done.signal).then(() => fail(tookTooLong));
  const printed = await Promise.race([printer.print(report, done.signal), late]);
  done.abort();
  return printed;
}

/** Who makes the report, and through whose sign-ins the app reads Xero. */
export function reportMaker(
  { name, version, runtime, sandbox }: AppInfo,
  { xero }: Pick<Snapshot, 'xero'>,
): AccessReport['madeBy'] {
  const names = xero.flatMap(({ who }) => (who === null ? [] : [`${who.name} (${who.email})`]));
  return {
    product: name,
    version,
    runtime,
    signedInAs: [...new Set(names)],
    sample: sandbox,
  };
}

/** What the changes are counted from: the last report's look, or the first one that is kept. */
export function sinceOf(
  look: number,
  entries: readonly LookEntry[],
  last: LastReport | null,
): ReportSince {
  const kept = (at: number) => entries.some((entry) => entry.at === at);
  // A report of a later look than this one is nothing to compare with.
  const before = last !== null && last.look <= look ? last : null;
  if (before !== null && kept(before.look)) return { kind: 'report', ...before };
  const first = entries.at(-1)?.at ?? look;
  if (first >= look) return { kind: 'nothing' };
  return { kind: 'first', look: first, lost: before?.madeAt ?? null };
}

/** "Report 2026.pdf" has its data in "Report 2026 data.csv". */
function dataFileOf(file: string): string {
  return `${file.replace(/\.pdf$/i, '')} data.csv`;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

export const tookTooLong: Failure = {
  code: 'bug',
  message: say('evidenceReport.theReportTookTooLong', { minutes: PRINT_MINUTES }),
  next: 'tryAgain',
};

export const notPrinted: Failure = {
  code: 'bug',
  message: say('evidenceReport.theReportCouldntBeMade'),
  next: 'tryAgain',
};
