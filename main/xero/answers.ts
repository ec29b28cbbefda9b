import { z } from 'zod';
import type { XeroOrganisation, XeroUser } from '../access/types.ts';

/** Xero's answers, parsed. Field names are Xero's; everything that may be absent or null is (xero.md §4). */

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const filled = text.transform((value) => (value === null || value.trim() === '' ? null : value));

/** `/Date(1439434356790)/`, `/Date(1439434356790+0000)/` or an ISO time, as milliseconds; null for anything else. */
export function parseXeroDate(value: string | null): number | null {
  if (value === null) return null;
  const wrapped = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (wrapped !== null) return Number(wrapped[1]);
  // Xero's times without a zone are UTC.
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}

const date = text.transform(parseXeroDate);

const User = z
  .object({
    UserID: z.string().min(1),
    GlobalUserID: filled,
    EmailAddress: filled,
    FirstName: filled,
    LastName: filled,
    UpdatedDateUTC: date,
    IsSubscriber: z.boolean().nullish(),
    OrganisationRole: filled,
  })
  .transform((row): XeroUser => ({
    userId: row.UserID,
    globalUserId: row.GlobalUserID,
    email: row.EmailAddress,
    firstName: row.FirstName,
    lastName: row.LastName,
    updatedAt: row.UpdatedDateUTC,
    subscriber: row.IsSubscriber ?? false,
    role: row.OrganisationRole ?? 'UNKNOWN',
  }));

/** The rows as they came: there may be many, which `UserRows` reads some at a time. */
export const UsersAnswer = z
  .object({ Users: z.array(z.unknown()) })
  .transform((answer) => answer.Users);

export const UserRows = z.array(User);

// `APIKey` stands in the same object and is a secret: naming the fields we want leaves it behind.
const Organisation = z
  .object({
    OrganisationID: z.string().min(1),
    Name: z.string().min(1),
    LegalName: filled,
    CountryCode: filled,
    BaseCurrency: filled,
    OrganisationType: filled,
    Version: filled,
    Class: filled,
    Edition: filled,
    ShortCode: filled,
    IsDemoCompany: z.boolean().nullish(),
    OrganisationStatus: filled,
    CreatedDateUTC: date,
  })
  .transform((row): XeroOrganisation => ({
    id: row.OrganisationID,
    name: row.Name,
    legalName: row.LegalName,
    countryCode: row.CountryCode,
    baseCurrency: row.BaseCurrency,
    organisationType: row.OrganisationType,
    version: row.Version,
    class: row.Class,
    edition: row.Edition,
    shortCode: row.ShortCode,
    demo: row.IsDemoCompany ?? false,
    status: row.OrganisationStatus,
    createdAt: row.CreatedDateUTC,
  }));

export const OrganisationAnswer = z
  .object({ Organisations: z.array(Organisation).min(1) })
  .transform((answer, context) => {
    const [organisation] = answer.Organisations;
    if (organisation !== undefined) return organisation;
    context.addIssue({ code: 'custom', message: 'no organisation' });
    return z.NEVER;
  });

/** One organisation that a sign-in reaches. */
export interface Connection {
  /** The connection's own id, which disconnecting needs. */
  readonly id: string;
  /** The organisation's id. */
  readonly tenantId: string;
  readonly name: string;
}

const ConnectionRow = z.object({
  id: z.string(),
  tenantId: z.string(),
  tenantType: z.string(),
  tenantName: filled,
});

/** Connections to organisations, and how many tenants of another kind (practices) were left out. */
export const ConnectionsAnswer = z.array(ConnectionRow).transform((rows) => {
  const organisations = rows.filter((row) => row.tenantType === 'ORGANISATION');
  return {
    connections: organisations.map((row): Connection => ({
      id: row.id,
      tenantId: row.tenantId,
      name: row.tenantName ?? 'An organisation without a name',
    })),
    leftOut: rows.length - organisations.length,
  };
});
