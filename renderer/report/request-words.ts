import type { ReportedRequest, ReportedRequests } from '../../shared/access-report.ts';
import { say } from '../../shared/language/say.ts';
import { timeWords } from './words.ts';

/** The words of the report's section on C1's requests. */
export const REQUEST_WORDS = {
  title: say('report.whatC1AskedFor'),
  asked: say('report.beforeAndAskedFor'),
  askedAt: say('requests.c1Asked'),
  outcome: say('report.whatBecameOfIt'),
  later: say('report.afterTheLook'),
  everyOrganisation: say('report.everyGovernedOrganisation'),
} as const;

/** Where the rows are from and since when they are told, or that there are none. */
export function sinceWords({ since, rows }: ReportedRequests): string {
  if (since === null)
    return rows.length === 0
      ? say('report.noRequestIsKept')
      : say('report.requestsAsTheHistoryKeeps');
  const madeAt = timeWords(since);
  return rows.length === 0
    ? say('report.noRequestSince', { madeAt })
    : say('report.requestsSince', { madeAt });
}

/** "Read only → Standard" */
export function changeWords({ task, before, asked }: ReportedRequest): string {
  const none = say('historyRequests.noAccess');
  switch (task) {
    case 'removeEverywhere':
      return say('report.allAccessToEnd');
    case 'remove':
      return say('report.toEnd', { before: before ?? none });
    case 'invite':
    case 'changeRole':
      return say('report.fromTo', { before: before ?? none, asked: asked ?? none });
  }
}

/** How it ended, in Xero's own words where Xero shows it. */
export function outcomeWords({ end }: ReportedRequest): string {
  if (end === null) return say('report.stillOpen');
  const after = end.after ?? say('historyRequests.noAccess');
  const because = end.because ?? '';
  switch (end.what) {
    case 'verified':
      return say('report.verified', { after });
    case 'alreadySo':
      return say('report.wasSoAlready', { after });
    case 'tooLate':
      return say('report.doneTooLate', { after });
    case 'declined':
      return say('report.declined', { because });
    case 'refused':
      return say('report.refused', { because });
    case 'invited':
      return say('requests.invitedNotAccepted');
    case 'outOfTime':
      return say('requests.outOfTime');
    case 'cancelled':
      return say('requests.cancelled');
    default:
      return say('report.stillOpen');
  }
}

/** Whether Xero showed its end only after the look, so that the table of access says otherwise. */
export function isLaterThan({ end }: ReportedRequest, lookedAt: number): boolean {
  if (end === null || end.at <= lookedAt) return false;
  return end.what === 'verified' || end.what === 'tooLate';
}
