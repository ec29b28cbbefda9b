import { readRole, type Role } from '../access/roles.ts';
import type { XeroUser } from '../access/types.ts';

/** What Xero's list of users says that somebody is in one organisation. */
export interface Standing {
  /** Whether they are in it: invitations are listed once they are accepted (xero.md §4). */
  readonly listed: 'yes' | 'no';
  /** One, as a rule; two where Xero lists a person twice. Spelt as ours, whatever ids an organisation keeps. */
  readonly roles: readonly Role[];
  readonly subscriber: 'yes' | 'no';
}

export const NOT_LISTED: Standing = { listed: 'no', roles: [], subscriber: 'no' };

export function standingOf(users: readonly XeroUser[]): Standing {
  const read = users.map((user) => ({ user, standing: readRole(user.role, false) }));
  const present = read.filter(({ standing }) => standing.kind !== 'removed');
  if (present.length === 0) return NOT_LISTED;
  const roles = present.flatMap(({ standing }) =>
    standing.kind === 'holds' ? [standing.role] : [],
  );
  const bySlug = new Map(roles.map((role) => [role.slug, role]));
  return {
    listed: 'yes',
    roles: [...bySlug.values()].sort((one, other) => other.order - one.order),
    subscriber: present.some(({ user }) => user.subscriber) ? 'yes' : 'no',
  };
}

export function holds({ roles }: Standing, slug: string): boolean {
  return roles.some((role) => role.slug === slug);
}
