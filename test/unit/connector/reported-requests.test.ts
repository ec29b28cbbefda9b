import { describe, expect, it } from 'vitest';
import { reportedRequests } from '../../../main/connector/reported-requests.ts';
import type { HistoryEntry, RequestEvent } from '../../../shared/history.ts';

const asked: RequestEvent = {
  kind: 'request',
  what: 'asked',
  request: 'request-1',
  person: 'Ana Pires',
  organisation: 'Harbour Ltd',
  task: 'changeRole',
  before: 'Read only',
  asked: 'Standard',
  after: 'Read only',
  because: null,
};
const verified: RequestEvent = { ...asked, what: 'verified', after: 'Standard' };
const nothing = { kind: 'nothing' } as const;

/** The history, newest first, of events at their times. */
function historyOf(...events: readonly (readonly [number, RequestEvent])[]): HistoryEntry[] {
  return events.map(([at, event]) => ({ id: `entry-${at}`, at, event })).reverse();
}

describe('The requests of an evidence report', () => {
  it('tell who, what was asked, when, and what Xero showed before and after', () => {
    const history = historyOf(
      [10, asked],
      [20, { ...asked, what: 'shown' }],
      [30, { ...asked, what: 'opened' }],
      [40, verified],
    );
    expect(reportedRequests(history, nothing)).toEqual({
      since: null,
      rows: [
        {
          person: 'Ana Pires',
          organisation: 'Harbour Ltd',
          task: 'changeRole',
          askedAt: 10,
          before: 'Read only',
          asked: 'Standard',
          end: { what: 'verified', at: 40, after: 'Standard', because: null },
        },
      ],
    });
  });

  it('are each told once, the oldest first, and those that are open without an end', () => {
    const other = { ...asked, request: 'request-2', person: 'Ben Okafor' };
    const history = historyOf([10, asked], [15, other], [20, { ...other, what: 'shown' }]);
    const { rows } = reportedRequests(history, nothing);
    expect(rows.map(({ person, end }) => [person, end])).toEqual([
      ['Ana Pires', null],
      ['Ben Okafor', null],
    ]);
  });

  it('are those that came or ended since the last report', () => {
    const before = { ...asked, request: 'before' };
    const history = historyOf(
      [10, before],
      [15, { ...before, what: 'verified' }],
      [20, asked],
      [25, { ...before, what: 'shown' }],
      [40, verified],
      [50, { ...asked, request: 'after' }],
    );
    const last = { kind: 'report', look: 28, madeAt: 30, sha256: 'abc' } as const;
    const { since, rows } = reportedRequests(history, last);
    expect([since, rows.map(({ askedAt }) => askedAt)]).toEqual([30, [20, 50]]);
    const lost = { kind: 'first', look: 1, lost: 45 } as const;
    expect(reportedRequests(history, lost).rows.map(({ askedAt }) => askedAt)).toEqual([50]);
  });

  it('say why one was declined', () => {
    const declined: RequestEvent = { ...asked, what: 'declined', because: 'She is on leave.' };
    const [row] = reportedRequests(historyOf([10, asked], [20, declined]), nothing).rows;
    expect(row?.end).toMatchObject({ what: 'declined', because: 'She is on leave.' });
  });
});
