import type { PersonWarning } from '../../shared/access-kinds.ts';
import type { RoleShown } from '../../shared/access-list.ts';
import { REMOVED, UNDISCLOSED, type KeptAccount, type Look } from './kept-look.ts';

/** A look made ready for questions: it takes a while for many people, and then each is answered at once. */
export interface ListedLook {
  readonly look: Look;
  /** By name, as people sort names. */
  readonly people: readonly ListedPerson[];
  readonly byId: ReadonlyMap<string, ListedPerson>;
  readonly roles: readonly RoleShown[];
}

export interface ListedPerson {
  readonly account: KeptAccount;
  /** What a search looks through. */
  readonly text: string;
  /** Of their address, in lower case; null without one. */
  readonly domain: string | null;
  readonly present: boolean;
  readonly warnings: readonly PersonWarning[];
}

/** Names as people look for them: 'Zoe' finds Zoë, and so does 'ZOË'. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

export function listLook(look: Look): ListedLook {
  const shared = sharedAddresses(look);
  const people = sortedByName(look.accounts).map((account) => listed(account, look, shared));
  return {
    look,
    people,
    byId: new Map(people.map((person) => [person.account.id, person])),
    roles: look.roles.map(({ id, name, order, known }) => ({ id, name, order: known ? order : 0 })),
  };
}

function sortedByName(accounts: readonly KeptAccount[]): readonly KeptAccount[] {
  const { compare } = new Intl.Collator('en-GB', { numeric: true });
  return accounts.toSorted((a, b) => compare(a.name, b.name));
}

function listed(account: KeptAccount, look: Look, shared: ReadonlySet<string>): ListedPerson {
  const { name, email, holds } = account;
  const address = email?.toLowerCase() ?? null;
  const at = address?.lastIndexOf('@') ?? -1;
  return {
    account,
    text: `${folded(name)}\n${address ?? ''}\n${account.id}`,
    domain: address === null || at < 0 ? null : address.slice(at + 1),
    present: holds.some(([, role]) => role !== REMOVED),
    warnings: warningsOf(account, look, address !== null && shared.has(address)),
  };
}

/** What `findWarnings` and `findPersonWarnings` count, for one person. */
function warningsOf(
  { email, holds, marks = [] }: KeptAccount,
  look: Look,
  sharesAddress: boolean,
): readonly PersonWarning[] {
  const present = holds.filter(([, role]) => role !== REMOVED);
  const held = present.filter(([, role]) => role !== UNDISCLOSED);
  const places = new Set(held.map(([place]) => place));
  const found: PersonWarning[] = [];
  if (held.some(([, role]) => look.roles[role]?.known === false)) found.push('unknownRole');
  if (present.length > held.length) found.push('undisclosedRole');
  if (places.size < held.length) found.push('twoRoles');
  if (present.length > 0 && email === null) found.push('noEmail');
  if (present.length > 0 && sharesAddress) found.push('sameEmail');
  if (present.length > 0 && present.length < holds.length) found.push('removedElsewhere');
  return [...found, ...marks];
}

/** Addresses that more than one person with access has. */
function sharedAddresses({ accounts }: Look): ReadonlySet<string> {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, person = id, email, holds } of accounts) {
    if (email === null || holds.every(([, role]) => role === REMOVED)) continue;
    const address = email.toLowerCase();
    const owner = owners.get(address);
    if (owner === undefined) owners.set(address, person);
    else if (owner !== person) shared.add(address);
  }
  return shared;
}
