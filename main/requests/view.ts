import { say } from '../../shared/language/say.ts';
import type {
  RequestCaution,
  RequestCheck,
  RequestPlace,
  RequestRemark,
  RequestTask,
  RequestView,
} from '../../shared/requests.ts';
import { missing } from './findings.ts';
import type { Person } from './person.ts';
import { readRequest, type Reading } from './reading.ts';
import type { RequestRecord, Rise } from './records.ts';
import { roleSeen } from './seen.ts';
import { waysTo } from './steps.ts';

/** What a request's view depends on besides the request. */
export interface ViewContext {
  readonly rises: readonly Rise[];
  /** Whether another open request asks for something else for this person. */
  readonly isContradicted: (request: RequestRecord) => boolean;
  /** Whether this is somebody who is signed in here. */
  readonly isSelf: (person: Person) => boolean;
  readonly check: Pick<RequestCheck, 'now' | 'nextAt' | 'trouble'>;
}

/** A request as the window shows it. */
export function viewOf(request: RequestRecord, context: ViewContext): RequestView {
  const { id, person, askedAt, until, duration, tasks, checkedAt, end } = request;
  const readings = readRequest(request, context.rises);
  const task = taskOf(request, readings);
  const places = readings.map(placeView);
  const caution = end === null ? cautionOf(request, readings, context) : null;
  const backTo = readings[0]?.backTo ?? null;
  const found = checkedAt === null ? null : missing(request, readings);
  return {
    id,
    task,
    person: { name: person.name, email: person.email },
    places,
    askedAt,
    until,
    duration,
    tasks,
    remarks: remarksOf(request, readings, task, context),
    caution,
    ways: caution === null && end === null ? waysTo({ task, person, places, backTo }) : [],
    invited: request.invitedAt !== null,
    check: { ...context.check, at: checkedAt, found },
    end,
  };
}

/** What the admin does, as things stand. */
export function taskOf(
  { everywhere }: Pick<RequestRecord, 'everywhere'>,
  [first]: readonly Reading[],
): RequestTask {
  if (everywhere === 'yes') return 'removeEverywhere';
  if (first === undefined || first.goal.kind === 'absent') return 'remove';
  return first.place.now.listed === 'yes' ? 'changeRole' : 'invite';
}

function placeView({ place, roleName, done }: Reading): RequestPlace {
  return {
    organisation: { id: place.id, name: place.name },
    today: roleSeen(place.now),
    asked: roleName,
    done,
  };
}

/** What is asked twice: nobody may be left to manage users, or the admin loses their own access. */
function cautionOf(
  { person, confirmedAt }: RequestRecord,
  readings: readonly Reading[],
  { isSelf }: ViewContext,
): RequestCaution | null {
  if (confirmedAt !== null) return null;
  const losing = readings.filter(
    ({ place, goal, done }) =>
      !done &&
      place.now.listed === 'yes' &&
      (goal.kind === 'absent' || goal.role !== place.now.roles[0]?.slug),
  );
  const last = losing.find(
    ({ place, goal }) =>
      place.now.lastAdviser === 'yes' &&
      !(goal.kind === 'role' && goal.role === 'financialadviser'),
  );
  if (last !== undefined) {
    const words = say('requestCautions.lastAdviser', { organisation: last.place.name });
    return { kind: 'lastAdviser', words };
  }
  const [own] = losing;
  if (own === undefined || !isSelf(person)) return null;
  const words = say('requestCautions.ownAccess', { organisation: own.place.name });
  return { kind: 'ownAccess', words };
}

function remarksOf(
  request: RequestRecord,
  readings: readonly Reading[],
  task: RequestTask,
  { isContradicted }: ViewContext,
): readonly RequestRemark[] {
  const { person, end } = request;
  const isTorn = readings.some((each) => each.clash === 'yes');
  const isFoundOtherwise =
    person.accountId !== null &&
    readings.some(({ place }) => place.now.by === 'email' || place.now.by === 'person');
  const backTo = readings[0]?.backTo ?? null;
  return [
    ...(end === null && isTorn
      ? [{ kind: 'conflict', words: say('requestRemarks.torn') } as const]
      : []),
    ...(end === null && !isTorn && isContradicted(request)
      ? [{ kind: 'conflict', words: say('requestRemarks.conflict') } as const]
      : []),
    ...(isFoundOtherwise
      ? [{ kind: 'foundOtherwise', words: say('requestRemarks.foundOtherwise') } as const]
      : []),
    ...(end === null && task === 'invite' && person.personId === null
      ? [{ kind: 'notYetInXero', words: say('requestRemarks.notYetInXero') } as const]
      : []),
    ...(end === null && backTo !== null
      ? [
          {
            kind: 'hadAnotherRole',
            words: say('requestRemarks.hadAnotherRole', { role: backTo.name }),
          } as const,
        ]
      : []),
  ];
}
