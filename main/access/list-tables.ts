import type { ChangeKind } from '../../shared/access-kinds.ts';
import type { AccessChange, AccessPerson } from '../../shared/access-list.ts';
import type { HeldAccess } from '../../shared/access-report.ts';
import { changeSentence, WARNING_NAMES } from '../../shared/access-words.ts';
import { say } from '../../shared/language/say.ts';
import type { ListedLook, ListedPerson } from './listed-people.ts';
import { personOf } from './person-view.ts';
import { timeText } from './profile.ts';

/** A table to be exported, of texts alone. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

const PEOPLE = [
  say('common.name'),
  say('common.eMail'),
  say('common.organisation'),
  say('common.access'),
  say('access.subscriber'),
  say('report.since'),
  say('common.lastChangedInXero'),
  say('common.toLookAt'),
  say('tables.accountID'),
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
        : [
            {
              name: say(standing === 'removed' ? 'access.removed' : 'tables.notToldByXero'),
              since,
            },
          ];
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
        say(subscriber ? 'tables.yes' : 'tables.no'),
        sinceText(since),
        timeText(changedAt) ?? '',
        notes,
        id,
      ];
    }
  }
}

function sinceText({ kind, at }: HeldAccess['since']): string {
  const time = timeText(at) ?? '';
  return kind === 'before' ? say('report.beforeAt', { at: time }) : time;
}

const CHANGES = [
  say('common.name'),
  say('common.eMail'),
  say('common.organisation'),
  say('common.change'),
  say('tables.before'),
  say('tables.after'),
  say('tables.inWords'),
  say('tables.accountID'),
];

const KINDS: Readonly<Record<ChangeKind, string>> = {
  joined: say('tables.joined'),
  left: say('tables.left'),
  role: say('tables.roleChanged'),
  subscriber: say('tables.subscriberChanged'),
  details: say('tables.nameOrAddressChanged'),
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
