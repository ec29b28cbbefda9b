import { bad, detail, good, neutral } from './history-told.ts';
import type { HistoryDetail, Of, Told } from './history-told.ts';
import { say } from './language/say.ts';

/** A request of C1's, from its being asked to its answer. */
export function ofRequest(event: Of<'request'>): Told {
  const { what, because } = event;
  const details = [
    ...rolesOf(event),
    ...(because === null ? [] : [detail(say('historyRequests.because'), because)]),
    // Finds all that happened with it.
    detail(say('historyRequests.request'), event.request),
  ];
  const sentence = sentenceOf(event);
  if (what === 'verified' || what === 'alreadySo') return good(sentence, ...details);
  if (BAD.has(what)) return bad(sentence, ...details);
  return neutral(sentence, ...details);
}

/** What Xero showed, what was asked for and what Xero showed then; of many organisations it isn't one role. */
function rolesOf({
  organisation,
  task,
  before,
  asked,
  after,
}: Of<'request'>): readonly HistoryDetail[] {
  const none = say('historyRequests.noAccess');
  const end = task === 'invite' || task === 'changeRole' ? none : say('historyRequests.itsEnd');
  const goal = detail(say('historyRequests.askedFor'), asked ?? end);
  if (organisation === null) return [goal];
  return [
    detail(say('historyRequests.before'), before ?? none),
    goal,
    detail(say('historyRequests.inXero'), after ?? none),
  ];
}

const BAD: ReadonlySet<Of<'request'>['what']> = new Set(['refused', 'outOfTime', 'tooLate']);

function sentenceOf(event: Of<'request'>): string {
  const { what, person } = event;
  const organisation = event.organisation ?? say('historyRequests.everyOrganisation');
  switch (what) {
    case 'asked':
      return askedSentence(event, organisation);
    case 'refused':
      return say('historyRequests.refused', { person, organisation });
    case 'shown':
      return say('historyRequests.shown', { person, organisation });
    case 'opened':
      return say('historyRequests.opened', { person, organisation });
    case 'saidDone':
      return say('historyRequests.saidDone', { person, organisation });
    case 'saidInvited':
      return say('historyRequests.saidInvited', { person, organisation });
    case 'confirmed':
      return say('historyRequests.confirmed', { person, organisation });
    case 'verified':
      return verifiedSentence(event);
    case 'alreadySo':
      return say('historyRequests.alreadySo', { person, organisation });
    case 'declined':
      return say('historyRequests.declined', { person, organisation });
    case 'invited':
      return say('historyRequests.invited', { person, organisation });
    case 'outOfTime':
      return say('historyRequests.outOfTime', { person, organisation });
    case 'cancelled':
      return say('historyRequests.cancelled', { person, organisation });
    case 'tooLate':
      return say('historyRequests.tooLate', { person, organisation });
  }
}

function askedSentence({ task, person, asked }: Of<'request'>, organisation: string): string {
  const role = asked ?? '';
  switch (task) {
    case 'invite':
      return say('historyRequests.askedToInvite', { person, organisation, role });
    case 'changeRole':
      return say('historyRequests.askedToGive', { person, role, organisation });
    case 'remove':
    case 'removeEverywhere':
      return say('historyRequests.askedToEnd', { person, organisation });
  }
}

/** In Xero's own words of then. */
function verifiedSentence({ person, organisation, after }: Of<'request'>): string {
  if (organisation === null) return say('historyRequests.listedNowhere', { person });
  return after === null
    ? say('historyRequests.listedNoMore', { person, organisation })
    : say('historyRequests.shownAs', { person, after, organisation });
}
