import { CHANGE_KINDS, type ChangeKind } from '../../shared/access-kinds.ts';
import type { AccessChange, AccessChanges, ChangesFilter } from '../../shared/access-list.ts';
import { say } from '../../shared/language/say.ts';
import { REMOVED, UNDISCLOSED, type Holding, type KeptAccount, type Look } from './kept-look.ts';
import { folded, type ListedLook } from './listed-people.ts';

/** What a role that Xero doesn't say is called among roles. */
const UNTOLD = say('lookChanges.noRoleThatXeroTells');

/** Everything that changed from one look to a later one. */
export interface LookChanges {
  readonly all: readonly AccessChange[];
  readonly counts: AccessChanges['counts'];
  readonly organisations: AccessChanges['organisations'];
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/**
 * Compares two looks, person by person and organisation by organisation. An organisation that only
 * one of them has was taken in or let go by the admin: its people are no changes in Xero.
 */
export function lookChanges(from: ListedLook, to: ListedLook): LookChanges {
  const before = from.look.organisations;
  const after = to.look.organisations;
  const both = after.filter(({ id }) => before.some((other) => other.id === id));
  const all: AccessChange[] = [];
  for (const { account } of to.people) {
    const earlier = from.byId.get(account.id)?.account;
    all.push(...personChanges(earlier, account, both, from.look, to.look));
  }
  for (const { account } of from.people) {
    if (!to.byId.has(account.id)) {
      all.push(...personChanges(account, undefined, both, from.look, to.look));
    }
  }
  const counts = Object.fromEntries(
    CHANGE_KINDS.map((kind) => [kind, all.filter((each) => each.kind === kind).length]),
  ) as Record<ChangeKind, number>;
  return {
    all,
    counts,
    organisations: both.map(({ id, name }) => ({ id, name })),
    added: without(after, before),
    gone: without(before, after),
  };
}

/** Those changes that a filter lets through. */
export function queryChanges(
  { all }: LookChanges,
  { search, kind, organisation }: ChangesFilter,
): readonly AccessChange[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return all.filter(
    (change) =>
      (kind === null || change.kind === kind) &&
      (organisation === null || change.organisation?.id === organisation) &&
      (words.length === 0 || isFound(change, words)),
  );
}

function isFound({ person }: AccessChange, words: readonly string[]): boolean {
  const text = `${folded(person.name)}\n${person.email?.toLowerCase() ?? ''}`;
  return words.every((word) => text.includes(word));
}

function without(some: Look['organisations'], others: Look['organisations']): readonly string[] {
  return some.filter(({ id }) => !others.some((other) => other.id === id)).map(({ name }) => name);
}

function personChanges(
  before: KeptAccount | undefined,
  after: KeptAccount | undefined,
  organisations: Look['organisations'],
  from: Look,
  to: Look,
): readonly AccessChange[] {
  const shown = after ?? before;
  if (shown === undefined) return [];
  const person = { id: shown.id, name: shown.name, email: shown.email };
  const changes: AccessChange[] = [];
  for (const { id, name } of organisations) {
    const organisation = { id, name };
    const was = heldIn(before, id, from);
    const is = heldIn(after, id, to);
    const lists = { person, organisation, before: was.roles, after: is.roles };
    if (was.roles.length === 0 && is.roles.length > 0) changes.push({ ...lists, kind: 'joined' });
    else if (was.roles.length > 0 && is.roles.length === 0)
      changes.push({ ...lists, kind: 'left' });
    else if (was.roles.join('\n') !== is.roles.join('\n')) changes.push({ ...lists, kind: 'role' });
    if (was.pays !== is.pays) {
      const told = (pays: boolean) => (pays ? [say('access.subscriber')] : []);
      changes.push({
        person,
        organisation,
        kind: 'subscriber',
        before: told(was.pays),
        after: told(is.pays),
      });
    }
  }
  if (before !== undefined && after !== undefined) changes.push(...detailChanges(before, after));
  return changes;
}

function detailChanges(before: KeptAccount, after: KeptAccount): readonly AccessChange[] {
  const told = ({ name, email }: KeptAccount): string[] => [
    name,
    email ?? say('accessWords.noEMailAddress'),
  ];
  const [was, is] = [told(before), told(after)];
  const differ = was.flatMap((text, place) => (text === is[place] ? [] : [place]));
  if (differ.length === 0) return [];
  const only = (texts: readonly string[]) => differ.flatMap((place) => texts[place] ?? []);
  const person = { id: after.id, name: after.name, email: after.email };
  return [{ person, organisation: null, kind: 'details', before: only(was), after: only(is) }];
}

/** What an account held in an organisation, by the roles' names in byte order; nothing when removed. */
function heldIn(
  account: KeptAccount | undefined,
  organisation: string,
  { organisations, roles }: Look,
): { readonly roles: readonly string[]; readonly pays: boolean } {
  const holds = (account?.holds ?? []).filter(
    ([place, role]: Holding) => role !== REMOVED && organisations[place]?.id === organisation,
  );
  return {
    roles: holds
      .map(([, role]) => (role === UNDISCLOSED ? UNTOLD : (roles[role]?.name ?? UNTOLD)))
      .sort(),
    pays: holds.some(([, , subscriber]) => subscriber),
  };
}
