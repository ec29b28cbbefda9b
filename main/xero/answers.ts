import { z } from 'zod';
import type { XeroOrganisation, XeroUser } from '../access/types.ts';

/**
 * Xero's answers, parsed. Field names are Xero's; everything may be absent or null but the ids
 * (xero.md §4). Indispensable are the ids and, where it stands, a role that is text: without them
 * somebody's access would be lost. Any other field in a form we don't know counts as left out.
 */

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const filled = text.transform((value) => (value === null || value.trim() === '' ? null : value));

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
/** The years 1 to 9999: what a protobuf timestamp, and so a file, can hold. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** `/Date(1439434356790)/`, `/Date(1439434356790+0000)/` or an ISO time, as milliseconds; null for anything else. */
export function parseXeroDate(value: string | null): number | null {
  if (value === null) return null;
  const time = timeOf(value);
  return time >= EARLIEST && time <= LATEST ? time : null;
}

function timeOf(value: string): number {
  const wrapped = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (wrapped !== null) return Number(wrapped[1]);
  const iso = ISO_TIME.exec(value);
  if (iso === null) return NaN;
  // Xero's times without a zone are UTC.
  return Date.parse(iso[1] === undefined ? `${value}Z` : value);
}

const date = filled.transform((value, context) => {
  const time = parseXeroDate(value);
  if (value !== null && time === null) {
    context.addIssue({ code: 'custom', message: 'a date of another form' });
  }
  return time;
});
const flag = z.boolean().nullish();

/** Stands for a field in a form we don't know. */
const ODD = Symbol('odd');
const odd = z.unknown().transform((): typeof ODD => ODD);

function known<T>(value: T | typeof ODD): T | null {
  return value === ODD ? null : value;
}

const spareText = z.union([filled, odd]);
const spareDate = z.union([date, odd]);
const spareFlag = z.union([flag, odd]);

/** What the model can do without of a user. */
const SPARE_FIELDS = [
  'GlobalUserID',
  'EmailAddress',
  'FirstName',
  'LastName',
  'UpdatedDateUTC',
  'IsSubscriber',
] as const;

const User = z
  .object({
    UserID: z.string().min(1),
    GlobalUserID: spareText,
    EmailAddress: spareText,
    FirstName: spareText,
    LastName: spareText,
    UpdatedDateUTC: spareDate,
    IsSubscriber: spareFlag,
    OrganisationRole: filled,
  })
  .transform((row): XeroUser => {
    const user = {
      userId: row.UserID,
      globalUserId: known(row.GlobalUserID),
      email: known(row.EmailAddress),
      firstName: known(row.FirstName),
      lastName: known(row.LastName),
      updatedAt: known(row.UpdatedDateUTC),
      subscriber: known(row.IsSubscriber) ?? false,
      role: row.OrganisationRole ?? 'UNKNOWN',
    };
    const unread = SPARE_FIELDS.filter((name) => row[name] === ODD);
    return unread.length === 0 ? user : { ...user, unread };
  });

/** The rows as they came: there may be many, which `UserRows` reads some at a time. */
export const UsersAnswer = z
  .object({ Users: z.array(z.unknown()) })
  .transform((answer) => answer.Users);

export const UserRows = z.array(User);

// `APIKey` stands in the same object and is a secret: naming the fields we want leaves it behind.
const Organisation = z
  .object({
    OrganisationID: z.string().min(1),
    Name: spareText,
    LegalName: spareText,
    CountryCode: spareText,
    BaseCurrency: spareText,
    OrganisationType: spareText,
    Version: spareText,
    Class: spareText,
    Edition: spareText,
    ShortCode: spareText,
    IsDemoCompany: spareFlag,
    OrganisationStatus: spareText,
    CreatedDateUTC: spareDate,
  })
  .transform((row): XeroOrganisation => ({
    id: row.OrganisationID,
    name: known(row.Name) ?? '',
    legalName: known(row.LegalName),
    countryCode: known(row.CountryCode),
    baseCurrency: known(row.BaseCurrency),
    organisationType: known(row.OrganisationType),
    version: known(row.Version),
    class: known(row.Class),
    edition: known(row.Edition),
    shortCode: known(row.ShortCode),
    demo: known(row.IsDemoCompany) ?? false,
    status: known(row.OrganisationStatus),
    createdAt: known(row.CreatedDateUTC),
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
  /** The connection's own id, which disconnecting needs; empty where there is none. */
  readonly id: string;
  /** The organisation's id. */
  readonly tenantId: string;
  readonly name: string;
}

const UNNAMED = 'An organisation without a name';

/** Whether Xero's list left out the organisation's name. */
export function isUnnamed({ name }: Connection): boolean {
  return name === UNNAMED;
}

const ConnectionRow = z.object({
  id: spareText,
  tenantId: z.string().min(1),
  tenantType: z.string(),
  tenantName: spareText,
});

/** Connections to organisations, and how many tenants of another kind (practices) were left out. */
export const ConnectionsAnswer = z.array(ConnectionRow).transform((rows) => {
  const organisations = rows.filter((row) => row.tenantType === 'ORGANISATION');
  return {
    connections: organisations.map((row): Connection => ({
      id: known(row.id) ?? '',
      tenantId: row.tenantId,
      name: known(row.tenantName) ?? UNNAMED,
    })),
    leftOut: rows.length - organisations.length,
  };
});
