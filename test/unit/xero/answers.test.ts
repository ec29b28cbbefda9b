import { describe, expect, it } from 'vitest';
import {
  ConnectionsAnswer,
  OrganisationAnswer,
  parseXeroDate,
  UserRows,
  UsersAnswer,
} from '../../../main/xero/answers.ts';

const readUsers = (answer: unknown) => UserRows.parse(UsersAnswer.parse(answer));

describe('a date of Xero', () => {
  const at = Date.UTC(2015, 7, 13, 4, 12, 36, 790);

  it.each([
    ['without a zone', '/Date(1439439156790)/'],
    ['with a zone', '/Date(1439439156790+0000)/'],
    ['with another zone, which doesn’t move it', '/Date(1439439156790+1300)/'],
    ['in ISO form with its zone', '2015-08-13T04:12:36.790Z'],
    ['in ISO form without a zone, which is UTC', '2015-08-13T04:12:36.7900000'],
    ['in ISO form with an offset', '2015-08-13T16:12:36.790+12:00'],
  ])('is read %s', (_form, text) => {
    expect(parseXeroDate(text)).toBe(at);
  });

  it('is read before 1970', () => {
    expect(parseXeroDate('/Date(-62135596800000+0000)/')).toBe(-62135596800000);
  });

  it.each([
    '',
    'yesterday',
    '/Date()/',
    '/Date(12',
    'Date(1439439156790)',
    'about 5',
    '13/08/2015',
    '1439439156790',
    '/Date(99999999999999999)/',
    '/Date(-99999999999999)/',
    '2015-13-45T99:00:00Z',
  ])('that is “%s” is none', (text) => {
    expect(parseXeroDate(text)).toBeNull();
  });
});

describe('Xero’s users', () => {
  const full = {
    GlobalUserID: 'g-ana',
    UserID: 'u-ana',
    EmailAddress: 'ana@harbour.example',
    FirstName: 'Ana ',
    LastName: 'Reyes',
    UpdatedDateUTC: '/Date(1439439156790+0000)/',
    IsSubscriber: true,
    OrganisationRole: 'STANDARD',
  };

  it('are read with every field', () => {
    expect(readUsers({ Users: [full] })).toEqual([
      {
        userId: 'u-ana',
        globalUserId: 'g-ana',
        email: 'ana@harbour.example',
        firstName: 'Ana ',
        lastName: 'Reyes',
        updatedAt: 1439439156790,
        subscriber: true,
        role: 'STANDARD',
      },
    ]);
  });

  const bare = {
    userId: 'u-ana',
    globalUserId: null,
    email: null,
    firstName: null,
    lastName: null,
    updatedAt: null,
    subscriber: false,
    role: 'UNKNOWN',
  };

  it('are read when everything but the id is absent', () => {
    expect(readUsers({ Users: [{ UserID: 'u-ana' }] })).toEqual([bare]);
  });

  it('are read when everything but the id is null', () => {
    const nulls = Object.fromEntries(Object.keys(full).map((key) => [key, null]));
    expect(readUsers({ Users: [{ ...nulls, UserID: 'u-ana' }] })).toEqual([bare]);
  });

  it('have no name or e-mail where Xero sends blanks', () => {
    const [user] = readUsers({ Users: [{ ...full, FirstName: ' ', EmailAddress: '' }] });
    expect(user).toMatchObject({ firstName: null, email: null });
  });

  it('keep a role that nobody knows yet', () => {
    const [user] = readUsers({ Users: [{ ...full, OrganisationRole: 'PayrollAdmin' }] });
    expect(user?.role).toBe('PayrollAdmin');
  });

  it('are read without a field in a form that nobody knows yet, whose name is kept', () => {
    const odd = {
      GlobalUserID: 7,
      EmailAddress: ['ana@harbour.example'],
      FirstName: { value: 'Ana' },
      LastName: 5,
      UpdatedDateUTC: '13/08/2015 04:12',
      IsSubscriber: 'yes',
    };
    expect(readUsers({ Users: [{ ...full, ...odd }] })).toEqual([
      { ...bare, role: 'STANDARD', unread: Object.keys(odd) },
    ]);
    for (const [name, value] of Object.entries(odd)) {
      const [user] = readUsers({ Users: [{ ...full, [name]: value }] });
      expect(user).toMatchObject({ userId: 'u-ana', role: 'STANDARD', unread: [name] });
    }
  });

  it('are refused when a role is no text, for nobody’s access may be lost', () => {
    expect(UserRows.safeParse([{ ...full, OrganisationRole: 6 }]).success).toBe(false);
    expect(UserRows.safeParse([{ ...full, UserID: null }]).success).toBe(false);
    expect(UserRows.safeParse([{ ...full, UserID: '' }]).success).toBe(false);
  });

  it('keep nothing that we didn’t ask for', () => {
    const [user] = readUsers({ Users: [{ ...full, Password: 'hunter2', Extra: [1] }] });
    expect(JSON.stringify(user)).not.toMatch(/hunter2|Extra/);
  });

  it('are refused when one has no id, or there is no list', () => {
    expect(UserRows.safeParse([full, { FirstName: 'Ben' }]).success).toBe(false);
    expect(UsersAnswer.safeParse({ Users: null }).success).toBe(false);
    expect(UsersAnswer.safeParse('<html></html>').success).toBe(false);
  });
});

describe('Xero’s organisation', () => {
  const full = {
    APIKey: 'IUGH98UGFDUHFIUWE',
    OrganisationID: '11111111-1111-4111-8111-111111111111',
    Name: 'Harbour Books',
    LegalName: 'Harbour Books Limited',
    CountryCode: 'NZ',
    BaseCurrency: 'NZD',
    OrganisationType: 'COMPANY',
    Version: 'NZ',
    Class: 'PREMIUM',
    Edition: 'BUSINESS',
    ShortCode: '!23eYt',
    IsDemoCompany: true,
    OrganisationStatus: 'ACTIVE',
    CreatedDateUTC: '/Date(1557230400000+0000)/',
    Timezone: 'NEWZEALANDSTANDARDTIME',
  };

  it('is read without its API key, which is a secret', () => {
    const organisation = OrganisationAnswer.parse({ Organisations: [full] });
    expect(organisation).toMatchObject({ name: 'Harbour Books', shortCode: '!23eYt', demo: true });
    expect(JSON.stringify(organisation)).not.toContain('IUGH98UGFDUHFIUWE');
  });

  it('is read when all but its id and name is absent', () => {
    const { OrganisationID, Name } = full;
    expect(OrganisationAnswer.parse({ Organisations: [{ OrganisationID, Name }] })).toMatchObject({
      id: OrganisationID,
      name: Name,
      legalName: null,
      shortCode: null,
      demo: false,
      createdAt: null,
    });
  });

  it('is read without what is null or in another form, but for its id', () => {
    const nulls = Object.fromEntries(Object.keys(full).map((key) => [key, null]));
    const numbers = Object.fromEntries(Object.keys(full).map((key) => [key, 7]));
    const { OrganisationID } = full;
    for (const odd of [nulls, numbers]) {
      const read = OrganisationAnswer.parse({ Organisations: [{ ...odd, OrganisationID }] });
      expect(read).toMatchObject({ id: OrganisationID, name: '', demo: false, createdAt: null });
      expect(OrganisationAnswer.safeParse({ Organisations: [odd] }).success).toBe(false);
    }
  });

  it('is refused when Xero names none', () => {
    expect(OrganisationAnswer.safeParse({ Organisations: [] }).success).toBe(false);
    expect(OrganisationAnswer.safeParse({}).success).toBe(false);
  });
});

describe('Xero’s connections', () => {
  const row = (tenantType: string, tenantName: string | null) => ({
    id: `connection of ${tenantType}`,
    authEventId: 'e',
    tenantId: `tenant of ${tenantType}`,
    tenantType,
    tenantName,
    createdDateUtc: '2019-12-07T18:46:19.5165400',
  });

  it('list organisations, and count tenants of other kinds', () => {
    const rows = [
      row('ORGANISATION', 'Harbour Books'),
      row('PRACTICE', 'Tally & Co'),
      row('PRACTICEMANAGER', null),
    ];
    expect(ConnectionsAnswer.parse(rows)).toEqual({
      connections: [
        {
          id: 'connection of ORGANISATION',
          tenantId: 'tenant of ORGANISATION',
          name: 'Harbour Books',
        },
      ],
      leftOut: 2,
    });
  });

  it('give an organisation without a name something to be called by', () => {
    const { connections } = ConnectionsAnswer.parse([row('ORGANISATION', null)]);
    expect(connections[0]?.name).toBe('An organisation without a name');
  });

  it('need an id of the organisation and what kind it is, and nothing more', () => {
    const bare = { tenantId: 't', tenantType: 'ORGANISATION', tenantName: 7 };
    expect(ConnectionsAnswer.parse([bare]).connections).toEqual([
      { id: '', tenantId: 't', name: 'An organisation without a name' },
    ]);
    for (const lost of [{ tenantId: null }, { tenantType: null }]) {
      expect(ConnectionsAnswer.safeParse([{ ...bare, ...lost }]).success).toBe(false);
    }
  });

  it('may be none', () => {
    expect(ConnectionsAnswer.parse([])).toEqual({ connections: [], leftOut: 0 });
  });
});
