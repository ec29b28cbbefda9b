import { listLook, type ListedLook } from '../../../main/access/listed-people.ts';
import type { Look } from '../../../main/access/kept-look.ts';
import { takeLook } from '../../../main/access/take-look.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';

export const DAY = 24 * 3_600_000;
export const FIRST = Date.UTC(2026, 10, 3, 9);

/** The look to keep of this access. */
export function lookAt(
  at: number,
  organisations: readonly OrganisationAccess[],
  previous: Look | null = null,
): Look {
  return taken(at, organisations, previous).look;
}

export function taken(
  at: number,
  organisations: readonly OrganisationAccess[],
  previous: Look | null = null,
) {
  const options = { accountId: 'global', legacyOrganisationId: null } as const;
  return takeLook({ organisations, options }, at, previous);
}

export function listedAt(...look: Parameters<typeof lookAt>): ListedLook {
  return listLook(lookAt(...look));
}
