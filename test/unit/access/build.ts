import { buildAccessModel } from '../../../main/access/model.ts';
import type {
  AccessModel,
  ModelOptions,
  AccountResource,
  OrganisationAccess,
  XeroOrganisation,
  XeroUser,
} from '../../../main/access/types.ts';

/** Small, readable worlds for the tests of the model and the file. */

export const HARBOUR = '11111111-1111-4111-8111-111111111111';
export const FARM = '22222222-2222-4222-8222-222222222222';

export function organisation(overrides: Partial<XeroOrganisation> = {}): XeroOrganisation {
  return {
    id: HARBOUR,
    name: 'Harbour Books',
    legalName: 'Harbour Books Limited',
    countryCode: 'NZ',
    baseCurrency: 'NZD',
    organisationType: 'COMPANY',
    version: 'NZ',
    class: 'PREMIUM',
    edition: 'BUSINESS',
    shortCode: '!23eYt',
    demo: false,
    status: 'ACTIVE',
    createdAt: Date.UTC(2019, 4, 7, 12),
    ...overrides,
  };
}

export function user(overrides: Partial<XeroUser> = {}): XeroUser {
  return {
    userId: 'u-ana',
    globalUserId: 'g-ana',
    email: 'ana@harbour.example',
    firstName: 'Ana',
    lastName: 'Reyes',
    updatedAt: Date.UTC(2026, 2, 3, 9, 45, 13),
    subscriber: false,
    role: 'STANDARD',
    ...overrides,
  };
}

export function harbour(...users: readonly XeroUser[]): OrganisationAccess {
  return { organisation: organisation(), users };
}

export function farm(...users: readonly XeroUser[]): OrganisationAccess {
  return {
    organisation: organisation({ id: FARM, name: 'Hillside Farm', shortCode: null, demo: true }),
    users,
  };
}

export function model(
  organisations: readonly OrganisationAccess[],
  options: Partial<ModelOptions> = {},
): AccessModel {
  return buildAccessModel({
    organisations,
    options: { accountId: 'global', legacyOrganisationId: null, ...options },
  });
}

export function accounts({ resources }: AccessModel): readonly AccountResource[] {
  return resources.filter((resource) => resource.type === 'user');
}

export function grantIds({ grants }: AccessModel): readonly string[] {
  return grants.map(({ id }) => id);
}

/** Every odd case at once: removed, undisclosed, unknown and double roles, no name, several scripts. */
export const TOWN: readonly OrganisationAccess[] = [
  harbour(
    user({ subscriber: true }),
    user({ userId: 'u-ben', globalUserId: 'g-ben', role: 'FINANCIALADVISER', lastName: null }),
    user({
      userId: 'u-mei',
      globalUserId: 'g-mei',
      firstName: '美',
      lastName: '陈',
      role: 'READONLY',
    }),
    user({ userId: 'u-gone', globalUserId: 'g-gone', role: 'REMOVED' }),
    user({ userId: 'u-who', globalUserId: null, role: 'UNKNOWN', email: null }),
    user({ userId: 'u-two', globalUserId: 'g-two', role: 'STANDARD' }),
    user({ userId: 'u-two-b', globalUserId: 'g-two', role: 'INVOICEONLY' }),
  ),
  farm(
    user({ userId: 'u-ana-2', email: 'ana@farm.example', updatedAt: Date.UTC(2025, 0, 1) }),
    user({ userId: 'u-new', globalUserId: 'g-new', role: 'Payroll Admin', firstName: null }),
    user({
      userId: 'u-blank',
      globalUserId: 'g-blank',
      firstName: null,
      lastName: ' ',
      email: null,
    }),
  ),
];

/** The same access in another order, as Xero may answer. */
export function shuffled(
  organisations: readonly OrganisationAccess[],
): readonly OrganisationAccess[] {
  return organisations
    .map((access) => ({ ...access, users: access.users.toReversed() }))
    .toReversed();
}
