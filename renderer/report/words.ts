import type { AccessReport, ReportedChanges, ReportSince } from '../../shared/access-report.ts';
import type { Since } from '../../shared/access-list.ts';
import { say } from '../../shared/language/say.ts';
import { dateFormat, inWords } from '../../shared/language/formats.ts';

/** The words of the evidence report, for somebody who never saw the app. Its times are UTC, as in the data. */
export const WORDS = {
  kind: say('report.evidenceReport'),
  title: say('report.whoHasAccessToXero'),
  sample: say('report.madeFromSampleDataThis'),
  facts: {
    organisations: say('common.organisations'),
    takenAt: say('report.accessAsOf'),
    madeAt: say('report.reportMade'),
    madeBy: say('report.madeBy'),
    source: say('report.source'),
    signedInAs: say('report.readThroughTheSignIn'),
    people: say('common.peopleWithAccess'),
    changes: say('report.changes'),
    data: say('report.sha256OfTheData'),
  },
  custom: say('report.aCustomConnectionOfThe'),
  source: say('report.xerosAccountingAPIEachOrganisations'),
  demo: say('report.demoCompany'),
  glance: say('report.atAGlance'),
  organisation: say('common.organisation'),
  people: say('common.people'),
  undisclosed: say('common.notTold'),
  subscriber: say('report.subscriberWhoPays'),
  nobody: say('report.noneThatXeroTells'),
  allOrganisations: say('report.inOneOrganisationOrMore'),
  toLookAt: say('common.toLookAt'),
  warnings: say('report.worthAReviewersLook'),
  method: say('report.howThisWasMade'),
  limits: say('report.whatThisDoesntShow'),
  check: say('report.howToCheckIt'),
  changed: say('common.whatChanged'),
  person: say('common.person'),
  change: say('common.change'),
  everyone: say('report.everyoneWithAccess'),
  everyoneLead: say('report.oneLineForEachRole'),
  access: say('common.access'),
  since: say('report.since'),
  pays: say('report.pays'),
  yes: say('report.yes'),
  noEmail: say('report.noEMailAddressIn'),
  continued: say('report.continued'),
  nobodyAtAll: say('report.nobodyHasAccessToThe'),
  review: say('report.review'),
  reviewed: [say('report.reviewedBy'), say('report.date'), say('report.signature')],
} as const;

const METHOD = [
  say('report.theAppAskedXeroFor'),
  say('report.somebodyWhomXeroKnowsUnder'),
] as const;

export function methodWords({ takenAt, confirmedAt }: AccessReport): readonly string[] {
  const again =
    confirmedAt > takenAt
      ? say('report.thisLookWasTakenOn', {
          takenAt: timeWords(takenAt),
          confirmedAt: timeWords(confirmedAt),
        })
      : say('report.onTheLookOf', { takenAt: timeWords(takenAt) });
  return [again, ...METHOD];
}

export function limitWords({ counts }: AccessReport): readonly string[] {
  const removed = say('report.peopleWhomXeroStillLists', {
    count: counts.removed,
    people: grouped(counts.removed),
  });
  return [say('report.whatChangedBetweenTwoLooks'), ...(counts.removed === 0 ? [] : [removed])];
}

export function checkWords({ dataFile, data, people }: AccessReport): readonly string[] {
  const { rows: count } = data;
  const [rows, bytes] = [grouped(count), grouped(data.bytes)];
  return [
    people === null
      ? say('report.theAccessIsTheFile', { dataFile, count, rows, bytes })
      : say('report.theTableIsAlsoThe', { dataFile, count, rows, bytes }),
    say('report.inTheAppAccessPeople'),
  ];
}

/** In place of a table of hundreds of pages. */
export function annexWords({ counts, dataFile }: AccessReport): string {
  return say('report.theTableIsTheAnnex', { people: grouped(counts.people), dataFile });
}

/** What of the changes stands in the document, and where the others are. */
export function someWords({ rows, total }: ReportedChanges): string {
  return say('report.theFirstOfTheChanges', { shown: grouped(rows.length), total: grouped(total) });
}

/** How the hash is had on each system. */
export function commands({ dataFile }: AccessReport): readonly (readonly [string, string])[] {
  return [
    ['Windows', `Get-FileHash "${dataFile}"`],
    ['macOS', `shasum -a 256 "${dataFile}"`],
    ['Linux', `sha256sum "${dataFile}"`],
  ];
}

/** From where the changes are counted, as the heading says it. */
export function changedHead(since: ReportSince): string {
  switch (since.kind) {
    case 'nothing':
      return WORDS.changed;
    case 'report':
      return say('report.sinceTheLastReport');
    case 'first':
      return say('report.sinceTheFirstKeptLook');
  }
}

export function sinceReportWords(since: ReportSince): string {
  switch (since.kind) {
    case 'nothing':
      return say('report.thisIsTheFirstLook');
    case 'report':
      return say('report.theLastReportWasMade', {
        madeAt: timeWords(since.madeAt),
        look: timeWords(since.look),
        sha256: since.sha256,
      });
    case 'first':
      return since.lost === null
        ? say('report.noReportWasMadeBefore', { look: timeWords(since.look) })
        : say('report.theLookOfTheLast', {
            lost: timeWords(since.lost),
            look: timeWords(since.look),
          });
  }
}

/** "3 joined, 1 left", or that nothing did. */
export function countWords({ counts }: ReportedChanges): string {
  const told = [
    [counts.joined, say('common.joined')],
    [counts.left, say('common.left')],
    [counts.role, say('report.withAnotherRole')],
    [counts.subscriber, say('common.changedWhoPays')],
    [counts.details, say('report.withAnotherNameOrAddress')],
  ] as const;
  const some = told.filter(([count]) => count > 0);
  if (some.length === 0) return say('report.nothingChanged');
  return `${some.map(([count, what]) => `${grouped(count)} ${what}`).join(', ')}.`;
}

/** Organisations whose people are no changes. */
export function governedWords({ added, gone }: ReportedChanges): readonly string[] {
  return [
    ...(added.length === 0
      ? []
      : [say('report.governedSinceThenTheirPeople', { added: inWords(added) })]),
    ...(gone.length === 0
      ? []
      : [say('report.noLongerGovernedTheirPeople', { gone: inWords(gone) })]),
  ];
}

/** The document's name, as a reader of PDF shows it. */
export function titleOf({ madeAt }: AccessReport): string {
  return say('report.titleOfFile', { day: dayWords(madeAt) });
}

export function sinceWords({ kind, at }: Since): string {
  return kind === 'before' ? say('report.beforeAt', { at: shortDay(at) }) : shortDay(at);
}

export function dayWords(at: number): string {
  return dateFormat({ dateStyle: 'long', timeZone: 'UTC' }, 'en-GB').format(at);
}

/** "26 November 2026, 08:14 UTC" */
export function timeWords(at: number): string {
  const time = dateFormat(
    { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' },
    'en-GB',
  ).format(at);
  return say('report.timeInUtc', { day: dayWords(at), time });
}

function shortDay(at: number): string {
  return dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }, 'en-GB').format(at);
}

/** The same on every computer, as all of the report is. */
function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}
