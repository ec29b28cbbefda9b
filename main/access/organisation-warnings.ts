import { say } from '../../shared/language/say.ts';
import { byteOrder } from './order.ts';
import { organisationName, unusualStatus } from './organisations.ts';
import { listed } from './tally.ts';
import type { AccessWarning, OrganisationAccess } from './types.ts';

/** What a reviewer or support should know of the organisations themselves; takes them in order of their ids. */
export function findOrganisationWarnings(
  organisations: readonly OrganisationAccess[],
): readonly AccessWarning[] {
  return [...differingIds(organisations), ...unusualStatuses(organisations)];
}

/** Organisations whose `OrganisationID` isn't the id they are connected under, as it should be (xero.md §4). */
function differingIds(organisations: readonly OrganisationAccess[]): readonly AccessWarning[] {
  const names = organisations
    .filter(
      ({ tenantId, organisation: { id } }) =>
        tenantId !== undefined && tenantId.toLowerCase() !== id.toLowerCase(),
    )
    .map(({ organisation }) => organisationName(organisation));
  if (names.length === 0) return [];
  const message = say('organisationWarnings.xerosAnswerHasAnotherID', { names: listed(names) });
  return [{ code: 'organisationIdDiffers', message, count: names.length }];
}

/** Organisations that Xero doesn't call active and still says the people of, by its word, in byte order. */
function unusualStatuses(organisations: readonly OrganisationAccess[]): readonly AccessWarning[] {
  const byStatus = new Map<string, string[]>();
  for (const { organisation } of organisations) {
    const status = unusualStatus(organisation);
    if (status === null) continue;
    byStatus.set(status, [...(byStatus.get(status) ?? []), organisationName(organisation)]);
  }
  return [...byStatus]
    .sort(([a], [b]) => byteOrder(a, b))
    .map(([status, names]) => ({
      code: 'organisationInactive',
      message: say('organisationWarnings.xerosWordForTheState', { names: listed(names), status }),
      count: names.length,
    }));
}
