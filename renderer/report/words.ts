import type { AccessReport, ReportedChanges, ReportSince } from '../../shared/access-report.ts';
import type { Since } from '../../shared/access-list.ts';

/** The words of the evidence report, for somebody who never saw the app. Its times are UTC, as in the data. */
export const WORDS = {
  kind: 'Evidence report',
  title: 'Who has access to Xero',
  sample: 'Made from sample data. This is evidence of nothing.',
  facts: {
    organisations: 'Organisations',
    takenAt: 'Access as of',
    madeAt: 'Report made',
    madeBy: 'Made by',
    source: 'Source',
    signedInAs: 'Read through the sign-in of',
    people: 'People with access',
    changes: 'Changes',
    data: 'SHA-256 of the data',
  },
  custom: 'a custom connection of the organisation',
  source: 'Xero’s Accounting API: each organisation’s details and its list of users',
  demo: 'demo company',
  glance: 'At a glance',
  organisation: 'Organisation',
  people: 'People',
  undisclosed: 'Not told',
  subscriber: 'Subscriber, who pays',
  nobody: 'None that Xero tells',
  allOrganisations: 'In one organisation or more',
  toLookAt: 'To look at',
  warnings: 'Worth a reviewer’s look',
  method: 'How this was made',
  limits: 'What this doesn’t show',
  check: 'How to check it',
  changed: 'What changed',
  person: 'Person',
  change: 'Change',
  everyone: 'Everyone with access',
  everyoneLead:
    'One line for each role that somebody has in an organisation. “Before” a day means that the first kept look found it so already.',
  access: 'Access',
  since: 'Since',
  pays: 'Pays',
  yes: 'Yes',
  noEmail: 'No e-mail address in Xero',
  continued: 'continued',
  nobodyAtAll: 'Nobody has access to the organisations above.',
  review: 'Review',
  reviewed: ['Reviewed by', 'Date', 'Signature'],
} as const;

const METHOD = [
  'The app asked Xero for the users of every organisation named above, and this report counts a look only when all of them answered. Nobody typed any of it in, and what Xero sent was not changed but for spaces around names.',
  'Somebody whom Xero knows under one ID in several organisations is one person here. Each look that differs from the one before it is kept on the computer that made this report, encrypted, for 13 months; “since” is the day of the first kept look that shows the access.',
] as const;

export function methodWords({ takenAt, confirmedAt }: AccessReport): readonly string[] {
  const again =
    confirmedAt > takenAt
      ? `This look was taken on ${timeWords(takenAt)}, and the look of ${timeWords(confirmedAt)} found just the same.`
      : `This look was taken on ${timeWords(takenAt)}.`;
  return [again, ...METHOD];
}

export function limitWords({ counts }: AccessReport): readonly string[] {
  const removed =
    counts.removed === 1
      ? 'One person whom Xero still lists as removed, without access, isn’t in the table.'
      : `${counts.removed.toLocaleString('en-GB')} people whom Xero still lists as removed, without access, aren’t in the table.`;
  return [
    'What changed between two looks and changed back is not seen.',
    ...(counts.removed === 0 ? [] : [removed]),
  ];
}

export function checkWords({ dataFile, data }: AccessReport): readonly string[] {
  const rows = `${data.rows.toLocaleString('en-GB')} ${data.rows === 1 ? 'row' : 'rows'}`;
  return [
    `The table “${WORDS.everyone}” is also the file “${dataFile}”, saved beside this document: ${rows} and a head, ${data.bytes.toLocaleString('en-GB')} bytes, with each person’s account ID besides. The SHA-256 is that of the file’s bytes, all of them.`,
    'In the app, Access → People → Save → “This table, as CSV” writes the same bytes, with no filter and sorted by name, for as long as this look is the newest.',
  ];
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
      return `${WORDS.changed} since the last report`;
    case 'first':
      return `${WORDS.changed} since the first kept look`;
  }
}

export function sinceReportWords(since: ReportSince): string {
  switch (since.kind) {
    case 'nothing':
      return 'This is the first look that was kept, so there is nothing to compare it with. The next report tells what changed since this one.';
    case 'report':
      return `The last report was made on ${timeWords(since.madeAt)}, of the look of ${timeWords(since.look)}. The SHA-256 of its data: ${since.sha256}`;
    case 'first':
      return since.lost === null
        ? `No report was made before this one on this computer, so changes are counted from the first kept look, of ${timeWords(since.look)}.`
        : `The look of the last report, made on ${timeWords(since.lost)}, is no longer kept, so changes are counted from the first look that is, of ${timeWords(since.look)}.`;
  }
}

/** "3 joined, 1 left", or that nothing did. */
export function countWords({ counts }: ReportedChanges): string {
  const told = [
    [counts.joined, 'joined'],
    [counts.left, 'left'],
    [counts.role, 'with another role'],
    [counts.subscriber, 'changed who pays'],
    [counts.details, 'with another name or address'],
  ] as const;
  const some = told.filter(([count]) => count > 0);
  if (some.length === 0) return 'Nothing changed.';
  return `${some.map(([count, what]) => `${count.toLocaleString('en-GB')} ${what}`).join(', ')}.`;
}

/** Organisations whose people are no changes. */
export function governedWords({ added, gone }: ReportedChanges): readonly string[] {
  const list = new Intl.ListFormat('en-GB');
  return [
    ...(added.length === 0
      ? []
      : [`Governed since then: ${list.format(added)}. Their people aren’t counted as joined.`]),
    ...(gone.length === 0
      ? []
      : [`No longer governed: ${list.format(gone)}. Their people aren’t counted as left.`]),
  ];
}

/** The document's name, as a reader of PDF shows it. */
export function titleOf({ madeAt }: AccessReport): string {
  return `${WORDS.title}: ${WORDS.kind.toLowerCase()} of ${dayWords(madeAt)}`;
}

export function sinceWords({ kind, at }: Since): string {
  return kind === 'before' ? `before ${shortDay(at)}` : shortDay(at);
}

export function dayWords(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** "26 November 2026, 08:14 UTC" */
export function timeWords(at: number): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC',
  }).format(at);
  return `${dayWords(at)}, ${time} UTC`;
}

function shortDay(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
