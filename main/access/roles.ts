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

/** The roles that Xero documents, each of which every organisation has (xero.md §4). */
export const KNOWN_ROLES: readonly Role[] = XERO_ROLES.map(({ id, name, order }) => ({
  slug: id,
  name,
  order,
  known: true,
}));

const BY_XERO_NAME: ReadonlyMap<string, Standing> = new Map<string, Standing>([
  ...XERO_ROLES.map(({ xero, id, name, order }): [string, Standing] => [
    xero,
    { kind: 'holds', role: { slug: id, name, order, known: true } },
  ]),
  ['UNKNOWN', { kind: 'undisclosed' }],
  ['', { kind: 'undisclosed' }],
  ['REMOVED', { kind: 'removed' }],
]);

/**
 * Reads Xero's `OrganisationRole`. A role that we don't know becomes a role of its own, so that
 * nobody's access is dropped (product.md §2).
 */
export function readRole(organisationRole: string): Standing {
  const name = organisationRole.trim();
  const slug = name.toLowerCase().replace(/[^a-z0-9]/g, '-');
  return (
    BY_XERO_NAME.get(name.toUpperCase()) ?? {
      kind: 'holds',
      role: { slug, name, order: 0, known: false },
    }
  );
}
