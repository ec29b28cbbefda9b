import { randomUUID } from 'node:crypto';
import type { SandboxOrganisation, SandboxUser } from '../world.ts';
import { json, type Answer, type XeroRequest } from './http.ts';
import type { XeroState } from './state.ts';
import { UnreadableQuery, selectUsers } from './user-query.ts';

/** GET /Organisation and /Organisations: one element. It holds `APIKey`, as Xero's does (xero.md §4). */
export function organisations({ now }: XeroState, organisation: SandboxOrganisation): Answer {
  return envelope(now(), { Organisations: [describeOrganisation(organisation)] });
}

/** GET /Users, with `where`, `order` and If-Modified-Since. */
export function users(
  { now }: XeroState,
  organisation: SandboxOrganisation,
  request: XeroRequest,
): Answer {
  try {
    const since = request.header('if-modified-since');
    const selected = selectUsers(organisation.users, request.url.searchParams, since);
    if (since !== undefined && selected.length === 0) return { status: 304 };
    return envelope(now(), { Users: selected.map(describeUser) });
  } catch (error) {
    if (!(error instanceof UnreadableQuery)) throw error;
    const refusal = { ErrorNumber: 16, Type: 'QueryParseException', Message: error.message };
    return json(refusal, 400);
  }
}

/** GET /Users/{UserID}: 404 without a body when there's none. */
export function user({ now }: XeroState, organisation: SandboxOrganisation, id: string): Answer {
  const found = organisation.users.find(({ userId }) => userId === id.toLowerCase());
  return found === undefined ? { status: 404 } : envelope(now(), { Users: [describeUser(found)] });
}

function envelope(now: number, content: Readonly<Record<string, unknown>>): Answer {
  return json({
    Id: randomUUID(),
    Status: 'OK',
    ProviderName: 'Sandbox',
    DateTimeUTC: shortDate(now),
    ...content,
  });
}

/** `GlobalUserID` isn't in Xero's description, but is in its answers (xero.md §4). */
export function describeUser(user: SandboxUser): Record<string, unknown> {
  return {
    ...(user.showsGlobalId && { GlobalUserID: user.personId }),
    UserID: user.userId,
    ...(user.email !== undefined && { EmailAddress: user.email }),
    ...(user.firstName !== undefined && { FirstName: user.firstName }),
    ...(user.lastName !== undefined && { LastName: user.lastName }),
    UpdatedDateUTC: longDate(user.updatedAt),
    IsSubscriber: user.subscriber,
    OrganisationRole: user.role,
  };
}

export function describeOrganisation(facts: SandboxOrganisation): Record<string, unknown> {
  return {
    APIKey: facts.apiKey,
    Name: facts.name,
    ...(facts.legalName !== undefined && { LegalName: facts.legalName }),
    PaysTax: true,
    Version: facts.version,
    OrganisationType: facts.organisationType,
    BaseCurrency: facts.baseCurrency,
    CountryCode: facts.countryCode,
    IsDemoCompany: facts.demo,
    OrganisationStatus: facts.status,
    ...(facts.registrationNumber !== undefined && { RegistrationNumber: facts.registrationNumber }),
    ...(facts.taxNumber !== undefined && { TaxNumber: facts.taxNumber }),
    FinancialYearEndDay: 31,
    FinancialYearEndMonth: 3,
    ...(facts.periodLockDate !== undefined && { PeriodLockDate: longDate(facts.periodLockDate) }),
    CreatedDateUTC: shortDate(facts.createdAt),
    OrganisationEntityType: facts.organisationType,
    Timezone: facts.timezone,
    ShortCode: facts.shortCode,
    OrganisationID: facts.id,
    Edition: facts.edition,
    Class: facts.class,
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  };
}

/** Xero writes dates in two forms; this one is for the answer and the organisation. */
function shortDate(time: number): string {
  return `/Date(${time})/`;
}

/** The other form, with an offset, is for users and lock dates. */
function longDate(time: number): string {
  return `/Date(${time}+0000)/`;
}
