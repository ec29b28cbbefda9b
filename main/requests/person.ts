import { z } from 'zod';
import { accountId, keepsLegacyIds, personId } from '../access/ids.ts';
import type { ModelOptions, OrganisationAccess, XeroUser } from '../access/types.ts';

/** Whom a request is about: whatever is known of them, by which their rows in Xero are found. */
export const Person = z.object({
  /** The id that C1 knows the account by; null where C1 names an e-mail address alone. */
  accountId: z.string().nullable(),
  /** Xero's id of the person in lower case, where a row tells it. */
  personId: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
});
export type Person = z.infer<typeof Person>;

/** By what somebody was found. An e-mail address makes no id, but people may be found by it (product.md §2). */
export type FoundBy = 'account' | 'person' | 'email';

export interface FoundRows {
  readonly by: FoundBy;
  readonly users: readonly [XeroUser, ...XeroUser[]];
}

/**
 * The rows of a person in an organisation, by the surest of what is known of them. Xero may have given
 * them another UserID since, as after a new invitation (xero.md §4).
 */
export function rowsOf(
  person: Person,
  { organisation, users }: OrganisationAccess,
  options: ModelOptions,
): FoundRows | null {
  const legacy = keepsLegacyIds(organisation, options);
  const rows: Record<FoundBy, XeroUser[]> = { account: [], person: [], email: [] };
  for (const user of users) {
    if (accountId(user, options.accountId, legacy) === person.accountId) rows.account.push(user);
    else if (person.personId !== null && personId(user) === person.personId) rows.person.push(user);
    else if (sameEmail(user.email, person.email)) rows.email.push(user);
  }
  for (const by of ['account', 'person', 'email'] as const) {
    const [first, ...others] = rows[by];
    if (first !== undefined) return { by, users: [first, ...others] };
  }
  return null;
}

/** The person with what their rows tell besides. */
export function learnt(person: Person, users: readonly XeroUser[]): Person {
  const newest = [...users].sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0))[0];
  if (newest === undefined) return person;
  const [givenName, familyName] = [trimmed(newest.firstName), trimmed(newest.lastName)];
  const name = [givenName, familyName].filter((part) => part !== null).join(' ');
  return {
    ...person,
    personId: person.personId ?? users.map(personId).find((id) => id !== null) ?? null,
    email: person.email ?? trimmed(newest.email),
    name: name === '' ? person.name : name,
    givenName: person.givenName ?? givenName,
    familyName: person.familyName ?? familyName,
  };
}

/** Whether two requests are about the same person. */
export function isSamePerson(one: Person, other: Person): boolean {
  const same = (a: string | null, b: string | null) => a !== null && a === b;
  return (
    same(one.accountId, other.accountId) ||
    same(one.personId, other.personId) ||
    sameEmail(one.email, other.email)
  );
}

export function sameEmail(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();
}

function trimmed(text: string | null): string | null {
  const bare = text?.trim() ?? '';
  return bare === '' ? null : bare;
}
