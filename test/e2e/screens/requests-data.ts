import { waysTo } from '../../../main/requests/steps.ts';
import { say } from '../../../shared/language/say.ts';
import type {
  RequestCheck,
  RequestEnd,
  RequestPlace,
  RequestView,
} from '../../../shared/requests.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { harbour, HOUR, MINUTE, northgate, NOW, well } from './data.ts';

/** Requests of C1's in the states that a person can meet them in, with the main process's own words. */

export const HARBOUR = harbour.name;
export const NORTHGATE = northgate.name;
const DEMO = 'Demo Ltd';

const ANA = { name: 'Ana Pires', email: 'ana.pires@harbour.example' };
const BEN = { name: 'Ben Okafor', email: 'ben.okafor@northgate.example' };
const CHIDI = { name: 'Chidi Anagonye', email: 'chidi@harbour.example' };
const TOMASZ = { name: 'Tomasz Kowalczyk', email: 'tomasz.kowalczyk@harbour.example' };

const UNKNOWN = { accountId: null, personId: null, givenName: null, familyName: null };

type Asked = Pick<RequestView, 'id' | 'task' | 'person' | 'places'> & {
  /** What they were before the role that is to end. */
  readonly backTo?: string;
  readonly found: string | null;
};

/** As one stands that was looked at a moment ago. */
export function requestOf(
  { backTo, found, ...asked }: Asked,
  rest: Partial<RequestView> = {},
): RequestView {
  const { task, person, places } = asked;
  const met = backTo === undefined ? null : { slug: backTo, name: backTo, order: 0 };
  return {
    ...asked,
    askedAt: NOW - 18 * MINUTE,
    until: NOW + 42 * MINUTE,
    duration: null,
    tasks: 1,
    remarks: [],
    caution: null,
    ways: waysTo({ task, person: { ...UNKNOWN, ...person }, places, backTo: met }),
    invited: false,
    check: { ...checked, found },
    end: null,
    ...rest,
  };
}

export function placeOf(name: string, today: string | null, asked: string | null): RequestPlace {
  return { organisation: { id: name, name }, today, asked, done: false };
}

export const checked: RequestCheck = {
  at: NOW - 20_000,
  now: 'waiting',
  nextAt: NOW + 2 * MINUTE,
  found: null,
  trouble: null,
};

export const change = requestOf(
  {
    id: 'change',
    task: 'changeRole',
    person: ANA,
    places: [placeOf(HARBOUR, 'Read only', 'Standard')],
    found: say('requestFindings.stillShows', { role: 'Read only', organisation: HARBOUR }),
  },
  { duration: 8 * HOUR },
);

export const invite = requestOf(
  {
    id: 'invite',
    task: 'invite',
    person: TOMASZ,
    places: [placeOf(NORTHGATE, null, 'Invoice only')],
    found: say('requestFindings.notListedYet', { organisation: NORTHGATE }),
  },
  { remarks: [{ kind: 'notYetInXero', words: say('requestRemarks.notYetInXero') }] },
);

export const invited: RequestView = {
  ...invite,
  invited: true,
  check: {
    ...checked,
    found: say('requestFindings.notAcceptedYet', { organisation: NORTHGATE }),
  },
};

export const remove = requestOf({
  id: 'remove',
  task: 'remove',
  person: CHIDI,
  places: [placeOf(HARBOUR, 'Invoice only', null)],
  found: say('requestFindings.stillShows', { role: 'Invoice only', organisation: HARBOUR }),
});

/** A role that is over, which took another's place. */
export const giveBack = requestOf(
  {
    id: 'give-back',
    task: 'remove',
    person: BEN,
    places: [placeOf(NORTHGATE, 'Adviser', null)],
    backTo: 'Standard',
    found: say('requestFindings.stillShows', { role: 'Adviser', organisation: NORTHGATE }),
  },
  {
    until: NOW + 7 * MINUTE,
    remarks: [
      {
        kind: 'hadAnotherRole',
        words: say('requestRemarks.hadAnotherRole', { role: 'Standard' }),
      },
    ],
  },
);

/** An account to delete: a step for each organisation, one of them done. */
export const everywhere = requestOf({
  id: 'everywhere',
  task: 'removeEverywhere',
  person: CHIDI,
  places: [
    { ...placeOf(DEMO, null, null), done: true },
    placeOf(HARBOUR, 'Standard', null),
    placeOf(NORTHGATE, 'Read only', null),
  ],
  found: say('requestFindings.removedFromNotFrom', {
    done: DEMO,
    left: `${HARBOUR}, ${NORTHGATE}`,
  }),
});

/** What is asked twice before the steps are shown. */
export const caution: RequestView = {
  ...giveBack,
  id: 'caution',
  remarks: [],
  caution: {
    kind: 'lastAdviser',
    words: say('requestCautions.lastAdviser', { organisation: NORTHGATE }),
  },
  ways: [],
};

/** Two that can't both be. */
export const conflict: readonly RequestView[] = [
  { ...change, tasks: 2 },
  { ...remove, person: ANA },
].map((request) => ({
  ...request,
  remarks: [{ kind: 'conflict', words: say('requestRemarks.conflict') }],
}));

/** One that ended so. */
export function ended(kind: RequestEnd['kind'], words: string, from = change): RequestView {
  const asAsked = kind === 'done' || kind === 'alreadySo' || kind === 'tooLate';
  return {
    ...from,
    id: `ended-${kind}`,
    places: from.places.map((place) =>
      asAsked ? { ...place, today: place.asked, done: true } : place,
    ),
    remarks: [],
    ways: [],
    check: { ...checked, nextAt: null, found: null },
    end: { kind, at: NOW - 3 * MINUTE, words },
  };
}

export const done = ended('done', say('requestEnds.done'));

const NAMES = ['Amara', 'Bjørn', 'Chen', 'Dolores', 'Émile', 'Fatima', 'Gwen'];
const SURNAMES = ['Adeyemi', 'Lindqvist', 'Wei', 'Ibárruri', 'Durand'];

/** Twenty, over several organisations. */
export const many: readonly RequestView[] = Array.from({ length: 20 }, (_, index) => {
  const organisation = [HARBOUR, NORTHGATE, DEMO, 'Ωκεανός Ναυτιλιακή Α.Ε.'][index % 4] ?? '';
  const kind = [change, invite, remove][index % 3] ?? change;
  const places = kind.places.map((place) => ({
    ...place,
    organisation: { id: organisation, name: organisation },
  }));
  const name = `${NAMES[index % NAMES.length] ?? ''} ${SURNAMES[index % SURNAMES.length] ?? ''}`;
  const person = { name, email: `person.${index}@harbour.example` };
  const found = say('requestFindings.stillListedIn', { organisations: organisation });
  return requestOf(
    { id: `of-many-${index}`, task: kind.task, person, places, found },
    { until: NOW + (4 + index * 3) * MINUTE, invited: index === 4 },
  );
});

/** Requests are taken, and these are at hand. */
export function withRequests(...requests: readonly RequestView[]): Snapshot {
  return { ...well, settings: { ...well.settings, requests: true }, inbox: { requests } };
}
