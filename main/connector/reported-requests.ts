import type { ReportedRequest, ReportedRequests, ReportSince } from '../../shared/access-report.ts';
import type { HistoryEntry, RequestEvent } from '../../shared/history.ts';

/** A moment of a request, as the history keeps it. */
interface Moment {
  readonly at: number;
  readonly event: RequestEvent;
}

/** How it goes on from there is told by its later moments alone. */
const ON_THE_WAY: ReadonlySet<RequestEvent['what']> = new Set([
  'asked',
  'shown',
  'opened',
  'saidDone',
  'saidInvited',
  'confirmed',
]);

/**
 * C1's requests that came or ended since the last report, the oldest first.
 * @param entries of the history, the newest first
 */
export function reportedRequests(
  entries: readonly HistoryEntry[],
  since: ReportSince,
): ReportedRequests {
  const from = lastReportOf(since);
  const rows = byRequest(entries)
    .filter((moments) => moments.some((each) => isNews(each, from ?? -Infinity)))
    .map(rowOf)
    .sort((one, other) => one.askedAt - other.askedAt);
  return { since: from, rows };
}

/** When the last report was made, whose requests aren't told again. */
function lastReportOf(since: ReportSince): number | null {
  switch (since.kind) {
    case 'nothing':
      return null;
    case 'report':
      return since.madeAt;
    case 'first':
      return since.lost;
  }
}

/** The moments of each request, in their order. */
function byRequest(entries: readonly HistoryEntry[]): readonly (readonly [Moment, ...Moment[]])[] {
  const requests = new Map<string, [Moment, ...Moment[]]>();
  for (const { at, event } of entries.toReversed()) {
    if (event.kind !== 'request') continue;
    const known = requests.get(event.request);
    if (known === undefined) requests.set(event.request, [{ at, event }]);
    else known.push({ at, event });
  }
  return [...requests.values()];
}

function isNews({ at, event }: Moment, from: number): boolean {
  return at > from && (event.what === 'asked' || !ON_THE_WAY.has(event.what));
}

function rowOf(moments: readonly [Moment, ...Moment[]]): ReportedRequest {
  const [first] = moments;
  // More of C1's tasks may have joined it, and say otherwise what is wanted.
  const asked = moments.findLast(({ event }) => event.what === 'asked') ?? first;
  const end = moments.findLast(({ event }) => !ON_THE_WAY.has(event.what));
  const { person, organisation, task } = asked.event;
  return {
    person,
    organisation,
    task,
    askedAt: first.at,
    before: first.event.before,
    asked: (end ?? asked).event.asked,
    end:
      end === undefined
        ? null
        : {
            what: end.event.what,
            at: end.at,
            after: end.event.after,
            because: end.event.because,
          },
  };
}
