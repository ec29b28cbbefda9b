import { say } from '../../../shared/language/say.ts';
import type { RequestEnd, RequestView } from '../../../shared/requests.ts';
import type { Tone } from '../../parts/tones.ts';

/** A request in one sentence: "Give Ana Pires the role Standard in Harbour Ltd". */
export function sentenceOf(request: RequestView): string {
  const { task, person, places } = request;
  const { name } = person;
  const organisation = places[0]?.organisation.name ?? '';
  const role = places[0]?.asked ?? '';
  switch (task) {
    case 'invite':
      return say('requests.inviteToAs', { name, organisation, role });
    case 'changeRole':
      return say('requests.giveTheRoleIn', { name, role, organisation });
    case 'remove': {
      const ending = endingRole(request);
      return ending === null
        ? say('requests.removeFrom', { name, organisation })
        : say('requests.takeTheRoleFrom', { role: ending, name, organisation });
    }
    case 'removeEverywhere':
      return say('requests.removeFromEveryOrganisation', { name });
  }
}

/** The same beside the person's name, in the list. */
export function inShort(request: RequestView): string {
  const { task, places } = request;
  const role = places[0]?.asked ?? '';
  const today = places[0]?.today ?? null;
  switch (task) {
    case 'invite':
      return say('requests.inviteAs', { role });
    case 'changeRole':
      return today === null || today === role
        ? say('requests.to', { role })
        : say('requests.fromTo', { today, role });
    case 'remove': {
      const ending = endingRole(request);
      return ending === null ? say('requests.remove') : say('requests.end', { role: ending });
    }
    case 'removeEverywhere':
      return say('requests.removeEverywhere');
  }
}

/** The role that may be given back for another one, where that is what is to end; null where all access is. */
export function endingRole({ places, remarks }: RequestView): string | null {
  const canGoBack = remarks.some(({ kind }) => kind === 'hadAnotherRole');
  return canGoBack ? (places[0]?.today ?? null) : null;
}

export const ENDS: Readonly<
  Record<RequestEnd['kind'], { readonly tone: Tone; readonly name: string }>
> = {
  done: { tone: 'good', name: say('requests.done') },
  alreadySo: { tone: 'good', name: say('requests.wasSoAlready') },
  invited: { tone: 'waiting', name: say('requests.invitedNotAccepted') },
  declined: { tone: 'neutral', name: say('requests.declined') },
  outOfTime: { tone: 'attention', name: say('requests.outOfTime') },
  cancelled: { tone: 'neutral', name: say('requests.cancelled') },
  tooLate: { tone: 'attention', name: say('requests.doneTooLate') },
  refused: { tone: 'bad', name: say('requests.refused') },
};

/** What an open request stands out by in the list; null where it simply waits. */
export function markOf({
  remarks,
  caution,
  check,
  invited,
}: RequestView): { readonly tone: Tone; readonly name: string } | null {
  if (remarks.some(({ kind }) => kind === 'conflict'))
    return { tone: 'attention', name: say('requests.inConflict') };
  if (caution !== null) return { tone: 'attention', name: say('requests.toConfirm') };
  if (check.now === 'looking') return { tone: 'working', name: say('requests.looking') };
  if (check.trouble !== null)
    return { tone: 'attention', name: say('requests.xeroCantBeLookedAt') };
  if (invited) return { tone: 'waiting', name: say('requests.invited') };
  return null;
}
