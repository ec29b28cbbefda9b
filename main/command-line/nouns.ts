import { printable } from './printable.ts';

/** What a kind of thing is called, for one and for several. */
export interface Nouns {
  readonly one: string;
  readonly many: string;
}

export const ENTITLEMENTS: Nouns = { one: 'entitlement', many: 'entitlements' };
export const GRANTS: Nouns = { one: 'grant', many: 'grants' };

/** What resources of a type are called; a file may hold types of other connectors. */
export function typeNouns(type: string): Nouns {
  switch (type) {
    case 'org':
      return { one: 'organisation', many: 'organisations' };
    case 'role':
      return { one: 'role', many: 'roles' };
    case 'user':
      return { one: 'account', many: 'accounts' };
    default:
      return { one: `${printable(type)} resource`, many: `${printable(type)} resources` };
  }
}
