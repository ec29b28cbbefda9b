import type { AccessChange, ChangeKind } from '../../shared/access-list.ts';
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

function* peopleRows(
  people: readonly ListedPerson[],
  listed: ListedLook,
): Generator<readonly string[], void> {
  for (const each of people) {
    const { id, name, email, changedAt, places, warnings } = personOf(each, listed);
    const notes = warnings.map((code) => WARNING_NAMES[code]).join('; ');
    for (const { organisation, standing, roles, subscriber, since } of places) {
      const held =
        standing === 'holds'
          ? roles
          : [{ name: standing === 'removed' ? 'Removed' : 'Not told by Xero', since }];
      for (const role of held) {
        yield [
          name,
          email ?? '',
          organisation.name,
          role.name,
          subscriber ? 'yes' : 'no',
          `${role.since.kind === 'before' ? 'before ' : ''}${timeText(role.since.at) ?? ''}`,
          timeText(changedAt) ?? '',
          notes,
          id,
        ];
      }
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
