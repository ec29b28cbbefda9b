import { bad, detail, good, neutral } from './history-told.ts';
import type { Of, Told } from './history-told.ts';
import { say } from './language/say.ts';

/** A request of C1's, from its being asked to its answer. */
export function ofRequest(event: Of<'request'>): Told {
  const { what, because } = event;
  const details = [
    detail(say('historyRequests.before'), event.before ?? say('historyRequests.noAccess')),
    detail(say('historyRequests.askedFor'), event.asked ?? say('historyRequests.noAccess')),
    detail(say('historyRequests.inXero'), event.after ?? say('historyRequests.noAccess')),
    ...(because === null ? [] : [detail(say('historyRequests.because'), because)]),
  ];
  const sentence = sentenceOf(event);
  if (what === 'verified' || what === 'alreadySo') return good(sentence, ...details);
  if (BAD.has(what)) return bad(sentence, ...details);
  return neutral(sentence, ...details);
}

const BAD: ReadonlySet<Of<'request'>['what']> = new Set(['refused', 'outOfTime', 'tooLate']);

function sentenceOf({ what, person, ...event }: Of<'request'>): string {
  const organisation = event.organisation ?? say('historyRequests.everyOrganisation');
  switch (what) {
    case 'asked':
      return say('historyRequests.asked', { person, organisation });
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
      return say('historyRequests.verified', { person, organisation });
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
