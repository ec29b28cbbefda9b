import type { RequestPlace, RequestStep, RequestTask, RequestWay } from '../../shared/requests.ts';
import { say } from '../../shared/language/say.ts';
import type { Person } from './person.ts';
import type { MetRole } from './records.ts';

/** What is to be done for whom, and what they were before a temporary rise. */
export interface ToDo {
  readonly task: RequestTask;
  readonly person: Person;
  readonly places: readonly RequestPlace[];
  /** The role that another one took the place of, where that one is revoked now. */
  readonly backTo: MetRole | null;
}

/** The ways to do it in Xero's own pages and words (xero.md §5), the better one first. */
export function waysTo({ task, person, places, backTo }: ToDo): readonly RequestWay[] {
  const [place] = places;
  if (place === undefined) return [];
  switch (task) {
    case 'invite':
      return [{ title: null, steps: inviting(person, place) }];
    case 'changeRole':
      return [{ title: null, steps: changing(person, place, place.asked ?? '') }];
    case 'remove': {
      const removal = removing(person, place);
      if (backTo === null) return [{ title: null, steps: removal }];
      const back = say('requestSteps.changeBackTo', { role: backTo.name });
      return [
        { title: back, steps: changing(person, place, backTo.name) },
        { title: say('requestSteps.orRemoveThem'), steps: removal },
      ];
    }
    case 'removeEverywhere':
      return [{ title: null, steps: places.map((each) => removingFrom(person, each)) }];
  }
}

function inviting(person: Person, place: RequestPlace): readonly RequestStep[] {
  const { name } = place.organisation;
  return [
    opening(place),
    plain(say('requestSteps.chooseInviteAUser')),
    plain(
      say('requestSteps.enterTheirNameAndEmail', {
        name: person.name,
        email: person.email ?? '',
      }),
    ),
    plain(say('requestSteps.underBusinessAndAccounting', { role: place.asked ?? '' })),
    plain(say('requestSteps.chooseSendInvite')),
    plain(say('requestSteps.onceTheyHaveAccepted', { organisation: name })),
  ];
}

function changing(person: Person, place: RequestPlace, role: string): readonly RequestStep[] {
  const from = place.today;
  return [
    opening(place),
    plain(say('requestSteps.chooseThePerson', { name: person.name })),
    plain(
      from === null
        ? say('requestSteps.setTheirRole', { role })
        : say('requestSteps.changeTheirRole', { from, role }),
    ),
    plain(say('requestSteps.chooseUpdatePermissions')),
  ];
}

function removing(person: Person, place: RequestPlace): readonly RequestStep[] {
  return [
    opening(place),
    plain(say('requestSteps.chooseThePerson', { name: person.name })),
    plain(say('requestSteps.chooseRemove')),
  ];
}

/** One step for each organisation, struck off once it is done. */
function removingFrom(person: Person, place: RequestPlace): RequestStep {
  const { id, name: organisation } = place.organisation;
  const words = say('requestSteps.removeThemFrom', { name: person.name, organisation });
  return { words, opens: place.done ? null : id };
}

function opening({ organisation }: RequestPlace): RequestStep {
  const words = say('requestSteps.openUsers', { organisation: organisation.name });
  return { words, opens: organisation.id };
}

function plain(words: string): RequestStep {
  return { words, opens: null };
}
