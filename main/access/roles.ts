import { XERO_ROLES } from '../../shared/words.ts';

/** What Xero's word for somebody's role means for their access. */
export type Standing =
  | { readonly kind: 'holds'; readonly role: Role }
  /** In the organisation, but Xero doesn't say as what (`UNKNOWN`). */
  | { readonly kind: 'undisclosed' }
  | { readonly kind: 'removed' };

export interface Role {
  /** The last part of the role's id, for example `financialadviser`. */
  readonly slug: string;
  /** Xero's own word for it, or the API's where we know no better. */
  readonly name: string;
  /** Grows with privilege; 0 for a role whose privilege we don't know. */
  readonly order: number;
  readonly known: boolean;
}

/** baton-xero's spelling, on which its users' policies stand (product.md §2, Migration). */
const LEGACY_SLUGS: ReadonlyMap<string, string> = new Map([
  ['financialadviser', 'financialadvisor'],
]);

const KNOWN_ROLES: ReadonlyMap<string, Role> = new Map(
  XERO_ROLES.map(({ xero, id, name, order }) => [xero, { slug: id, name, order, known: true }]),
);

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  XERO_ROLES.flatMap(({ xero, id, name }) =>
    [xero, id, name, LEGACY_SLUGS.get(id) ?? id].map((spelling) => [bare(spelling), id] as const),
  ),
);

/** The roles that Xero documents, each of which every organisation has (xero.md §4). */
export function knownRoles(legacy: boolean): readonly Role[] {
  return [...KNOWN_ROLES.values()].map((role) => (legacy ? spelledAsBefore(role) : role));
}

/**
 * Reads Xero's `OrganisationRole`. A role that we don't know becomes a role of its own, so that
 * nobody's access is dropped (product.md §2). `legacy` spells slugs as baton-xero does.
 */
export function readRole(organisationRole: string, legacy: boolean): Standing {
  const name = organisationRole.trim();
  switch (name.toUpperCase()) {
    case 'REMOVED':
      return { kind: 'removed' };
    case 'UNKNOWN':
    case '':
      return { kind: 'undisclosed' };
    default: {
      const role = KNOWN_ROLES.get(name.toUpperCase()) ?? unknownRole(name);
      return { kind: 'holds', role: legacy ? spelledAsBefore(role) : role };
    }
  }
}

/** One word for a role, however it is spelt: as Xero's, as ours or as baton-xero's. */
export function roleMeant(spelling: string): string {
  const plain = bare(spelling);
  return SPELLINGS.get(plain) ?? plain;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function unknownRole(name: string): Role {
  const slug = name.toLowerCase().replace(/[^a-z0-9]/g, '-');
  return { slug, name, order: 0, known: false };
}

function spelledAsBefore(role: Role): Role {
  return { ...role, slug: LEGACY_SLUGS.get(role.slug) ?? role.slug };
}
