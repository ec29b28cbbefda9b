import type { AccessChange, AccessPerson, ChangeKind } from '../../shared/access-list.ts';
import type { HeldAccess } from '../../shared/access-report.ts';
import { changeSentence, WARNING_NAMES } from '../../shared/access-words.ts';
import type { ListedLook, ListedPerson } from './listed-people.ts';
import { personOf } from './person-view.ts';
import { timeText } from './profile.ts';

/** A table to be exported, of texts alone. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

const PEOPLE = [
  'Name',
  'E-mail',
  'Organisation',
  'Access',
  'Subscriber',
  'Since',
  'Last changed in Xero',
  'To look at',
  'Account ID',
];

/** One row for each role that somebody holds in an organisation. */
export function peopleTable(people: readonly ListedPerson[], listed: ListedLook): Table {
  return { columns: PEOPLE, rows: peopleRows(people, listed) };
}

/** What somebody is, organisation by organisation and role by role, as each row tells it. */
export function heldBy({ places }: AccessPerson): readonly HeldAccess[] {
  return places.flatMap(({ organisation, standing, roles, subscriber, since }) => {
    const held =
      standing === 'holds'
        ? roles
        : [{ name: standing === 'removed' ? 'Removed' : 'Not told by Xero', since }];
    return held.map((role) => ({
      organisation: organisation.name,
      access: role.name,
      subscriber,
      since: role.since,
    }));
  });
}

function* peopleRows(
  people: readonly ListedPerson[],
  listed: ListedLook,
): Generator<readonly string[], void> {
  for (const each of people) {
    const person = personOf(each, listed);
    const { id, name, email, changedAt, warnings } = person;
    const notes = warnings.map((code) => WARNING_NAMES[code]).join('; ');
    for (const { organisation, access, subscriber, since } of heldBy(person)) {
      yield [
        name,
        email ?? '',
        organisation,
        access,
        subscriber ? 'yes' : 'no',
        `${since.kind === 'before' ? 'before ' : ''}${timeText(since.at) ?? ''}`,
        timeText(changedAt) ?? '',
        notes,
        id,
      ];
    }
  }
}

const CHANGES = [
  'Name',
  'E-mail',
  'Organisation',
  'Change',
  'Before',
  'After',
  'In words',
  'Account ID',
];

const KINDS: Readonly<Record<ChangeKind, string>> = {
  joined: 'Joined',
  left: 'Left',
  role: 'Role changed',
  subscriber: 'Subscriber changed',
  details: 'Name or address changed',
};

/** One row for each change. */
export function changesTable(changes: readonly AccessChange[]): Table {
  return { columns: CHANGES, rows: changesRows(changes) };
}

function* changesRows(changes: readonly AccessChange[]): Generator<readonly string[], void> {
  for (const change of changes) {
    const { person, organisation, kind, before, after } = change;
    yield [
      person.name,
      person.email ?? '',
      organisation?.name ?? '',
      KINDS[kind],
      before.join('; '),
      after.join('; '),
      changeSentence(change),
      person.id,
    ];
  }
}
