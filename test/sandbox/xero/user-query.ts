import type { SandboxUser } from '../world.ts';

/** Xero answers 400 to a filter that it can't read. */
export class UnreadableQuery extends Error {}

type Test = (user: SandboxUser) => boolean;

const SORTABLE: Readonly<Record<string, (user: SandboxUser) => string>> = {
  EmailAddress: ({ email = '' }) => email,
  FirstName: ({ firstName = '' }) => firstName,
  LastName: ({ lastName = '' }) => lastName,
  OrganisationRole: ({ role }) => role,
};

/** The filters and orders of Users that xero.md §4 names. */
export function selectUsers(
  users: readonly SandboxUser[],
  query: URLSearchParams,
  since: string | undefined,
): readonly SandboxUser[] {
  const matches = filter(query.get('where'));
  const after = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const selected = users.filter((user) => user.updatedAt > after && matches(user));
  return inOrder(selected, query.get('order'));
}

function filter(where: string | null): Test {
  if (where === null) return () => true;
  const subscriber = /^IsSubscriber\s*==\s*(true|false)$/.exec(where)?.[1];
  if (subscriber !== undefined) return (user) => user.subscriber === (subscriber === 'true');
  const role = /^OrganisationRole\s*==\s*"([A-Z]+)"$/.exec(where)?.[1];
  if (role !== undefined) return (user) => user.role === role;
  throw new UnreadableQuery(`The sandbox can't read the filter ${where}`);
}

function inOrder(users: readonly SandboxUser[], order: string | null): readonly SandboxUser[] {
  if (order === null) return users;
  const [field = '', direction = 'ASC'] = order.split(' ');
  const key = SORTABLE[field];
  if (key === undefined) throw new UnreadableQuery(`The sandbox can't order by ${field}`);
  const sorted = users.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  return direction === 'DESC' ? sorted.toReversed() : sorted;
}
