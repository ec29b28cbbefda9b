import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { RequestsTable } from '../../../renderer/report/requests-table.tsx';
import type { ReportedRequest } from '../../../shared/access-report.ts';

const AT = Date.UTC(2026, 10, 23, 14, 12);
const given: ReportedRequest = {
  person: 'Ana Pires',
  organisation: 'Harbour Ltd',
  task: 'changeRole',
  askedAt: AT,
  before: 'Read only',
  asked: 'Standard',
  end: { what: 'verified', at: AT + 60_000, after: 'Standard', because: null },
};
const ended = (end: Partial<NonNullable<ReportedRequest['end']>>): ReportedRequest => ({
  ...given,
  end: { what: 'verified', at: AT, after: null, because: null, ...end },
});

function lines(...rows: readonly ReportedRequest[]): readonly string[] {
  return linesOf(rows, AT + 3_600_000);
}

function linesOf(rows: readonly ReportedRequest[], lookedAt: number): readonly string[] {
  return renderToStaticMarkup(
    <RequestsTable requests={{ since: null, rows }} lookedAt={lookedAt} />,
  )
    .split('<tbody>')
    .slice(1)
    .map((row) => row.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
}

describe('The section on requests of the evidence report', () => {
  it('tells before and after, and when Xero showed it, in UTC', () => {
    const [line] = lines(given);
    expect(line).toContain('Ana Pires Harbour Ltd Read only → Standard');
    expect(line).toContain('23 November 2026, 14:12 UTC Verified in Xero: Standard');
    expect(line).toContain('23 November 2026, 14:13 UTC');
  });

  it('tells of each end in its own words, and of one that has none', () => {
    expect(
      lines(
        { ...ended({}), task: 'remove', asked: null },
        { ...ended({}), organisation: null, task: 'removeEverywhere' },
        ended({ what: 'declined', because: 'She is on leave.' }),
        ended({ what: 'outOfTime' }),
        ended({ what: 'tooLate', after: 'Standard' }),
        { ...given, task: 'invite', before: null, end: null },
      ),
    ).toEqual([
      expect.stringMatching(/Read only, to end .* Verified in Xero: no access/),
      expect.stringMatching(/Every governed organisation All access, to end/),
      expect.stringContaining('Declined by a person: She is on leave.'),
      expect.stringContaining('Out of time'),
      expect.stringContaining('Done in Xero after C1 had stopped waiting: Standard'),
      expect.stringMatching(/no access → Standard .* Still open/),
    ]);
  });

  it('says which changes the table of access doesn’t show yet', () => {
    const rows = [given, ended({ what: 'tooLate' }), ended({ what: 'declined', because: 'No.' })];
    const later = 'After the look at Xero that this report shows.';
    const toldOf = (lookedAt: number) => linesOf(rows, lookedAt).map((row) => row.includes(later));
    expect(toldOf(AT - 1)).toEqual([true, true, false]);
    expect(toldOf(AT)).toEqual([true, false, false]);
    expect(toldOf(AT + 60_000)).toEqual([false, false, false]);
  });

  it('says since when nothing was asked', () => {
    const none = renderToStaticMarkup(
      <RequestsTable requests={{ since: AT, rows: [] }} lookedAt={AT} />,
    );
    expect(none).toContain('since the last report, made on 23 November 2026, 14:12 UTC');
    expect(none).not.toContain('<table');
  });
});
