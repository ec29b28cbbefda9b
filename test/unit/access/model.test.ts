import { describe, expect, it } from 'vitest';
import { XERO_ROLES } from '../../../shared/words.ts';
import type { XeroUser } from '../../../main/access/types.ts';
import {
  accounts,
  FARM,
  farm,
  grantIds,
  HARBOUR,
  harbour,
  model,
  organisation,
  shuffled,
  TOWN,
  user,
} from './build.ts';

const account = (...users: readonly XeroUser[]) => accounts(model([harbour(...users)]))[0];

describe('accounts', () => {
  it('are persons: rows of several organisations with one GlobalUserID are one account', () => {
    const built = model([harbour(user()), farm(user({ userId: 'u-ana-2', role: 'READONLY' }))]);
    expect(accounts(built)).toHaveLength(1);
    expect(accounts(built)[0]).toMatchObject({
      id: 'g-ana',
      rawId: 'g-ana',
      parent: null,
      profile: {
        user_id: 'u-ana',
        global_user_id: 'g-ana',
        organisations: ['Harbour Books', 'Hillside Farm'],
        roles: ['Read only', 'Standard'],
        subscriber_of: [],
      },
    });
  });

  it('take name, e-mail and time from the row that changed last, the user_id from the first organisation', () => {
    const later = user({
      userId: 'u-ana-2',
      firstName: 'Anna',
      email: 'anna@farm.example',
      updatedAt: Date.UTC(2026, 5, 1),
    });
    expect(accounts(model([farm(later), harbour(user())]))[0]).toMatchObject({
      displayName: 'Anna Reyes',
      email: 'anna@farm.example',
      profile: { user_id: 'u-ana', first_name: 'Anna', updated_at: '2026-06-01T00:00:00.000Z' },
    });
  });

  it('take them from the lowest OrganisationID when both rows changed at once, or never', () => {
    for (const updatedAt of [5, null]) {
      const other = user({ userId: 'u-ana-2', firstName: 'Anna', updatedAt });
      const built = model([farm(other), harbour(user({ updatedAt }))]);
      expect(accounts(built)[0]?.givenName).toBe('Ana');
    }
  });

  it('are disabled only when removed everywhere', () => {
    const removed = user({ userId: 'u-ana-2', role: 'REMOVED' });
    expect(accounts(model([harbour(user()), farm(removed)]))[0]?.enabled).toBe(true);
    const gone = accounts(model([harbour(user({ role: 'REMOVED' })), farm(removed)]))[0];
    expect(gone?.enabled).toBe(false);
    expect(gone?.profile).toMatchObject({ organisations: [], roles: [], subscriber_of: [] });
  });

  it('are called by their trimmed name, else the e-mail, else the id', () => {
    expect(account(user({ firstName: 'Ana ' }))).toMatchObject({
      displayName: 'Ana Reyes',
      givenName: 'Ana',
    });
    expect(account(user({ firstName: null }))?.displayName).toBe('Reyes');
    expect(account(user({ firstName: null, lastName: ' ' }))).toMatchObject({
      displayName: 'ana@harbour.example',
      givenName: null,
      familyName: null,
    });
    const nobody = user({ firstName: null, lastName: null, email: ' ' });
    expect(account(nobody)).toMatchObject({ displayName: 'g-ana', email: null });
    expect(account(nobody)?.profile).not.toHaveProperty('email');
  });

  it('fall back to the UserID with a warning', () => {
    const built = model([harbour(user({ globalUserId: null }))]);
    expect(accounts(built)[0]?.id).toBe('u-ana');
    expect(built.warnings.map(({ code }) => code)).toEqual(['noGlobalUserId']);
  });

  it('go by UserID when the setting says so, without a warning', () => {
    const built = model([harbour(user()), farm(user({ userId: 'u-ana-2', globalUserId: null }))], {
      accountId: 'user',
    });
    expect(accounts(built).map(({ id }) => id)).toEqual(['u-ana', 'u-ana-2']);
    expect(accounts(built)[0]?.profile).toMatchObject({ global_user_id: 'g-ana' });
    expect(built.warnings).toEqual([]);
  });

  it('are one person however Xero spells the GlobalUserID', () => {
    const shouted = user({ userId: 'u-ana-2', globalUserId: 'G-ANA' });
    for (const people of [
      [harbour(user()), farm(shouted)],
      [harbour({ ...user(), globalUserId: 'G-Ana' }), farm(shouted)],
    ]) {
      const [ana, ...others] = accounts(model(people));
      expect(others).toEqual([]);
      expect(ana).toMatchObject({ id: 'g-ana', profile: { global_user_id: 'g-ana' } });
    }
  });

  it('go by UserID for the rows alone that nothing is known of, with a warning for those', () => {
    const built = model([
      harbour(user()),
      farm(
        user({ userId: 'u-ana-2', globalUserId: null, email: 'ana@farm.example' }),
        user({ userId: 'u-ben', globalUserId: 'g-ben', email: 'ben@farm.example' }),
      ),
    ]);
    expect(accounts(built).map(({ id }) => id)).toEqual(['g-ana', 'g-ben', 'u-ana-2']);
    expect(built.warnings.map(({ code }) => code)).toEqual(['noGlobalUserId']);
    expect(built.warnings[0]?.message).toContain('1 person in Hillside Farm');
  });

  it('are never joined by e-mail', () => {
    expect(
      accounts(model([harbour(user(), user({ userId: 'u-x', globalUserId: 'g-x' }))])),
    ).toHaveLength(2);
  });
});

describe('grants', () => {
  it('are membership and the role, with ids by the SDK’s rule', () => {
    expect(grantIds(model([harbour(user())]))).toEqual([
      `org:${HARBOUR}:member:user:g-ana`,
      `role:${HARBOUR}/standard:assigned:user:g-ana`,
    ]);
  });

  it('show who pays, as something C1 can’t change', () => {
    const built = model([harbour(user({ subscriber: true }))]);
    const grant = built.grants.find(({ id }) => id === `org:${HARBOUR}:subscriber:user:g-ana`);
    expect(grant?.immutable).toBe(true);
    expect(built.grants.filter(({ immutable }) => immutable)).toHaveLength(1);
    expect(built.entitlements.filter(({ immutable }) => immutable).map(({ id }) => id)).toEqual([
      `org:${HARBOUR}:subscriber`,
    ]);
    expect(accounts(built)[0]?.profile).toMatchObject({ subscriber_of: ['Harbour Books'] });
  });

  it('are none for somebody removed, even one who pays', () => {
    expect(grantIds(model([harbour(user({ role: 'REMOVED', subscriber: true }))]))).toEqual([]);
  });

  it('are membership only for an undisclosed role, with a warning', () => {
    const built = model([harbour(user({ role: 'UNKNOWN' }))]);
    expect(grantIds(built)).toEqual([`org:${HARBOUR}:member:user:g-ana`]);
    expect(built.warnings.map(({ code }) => code)).toEqual(['undisclosedRole']);
  });

  it('keep both roles of a person who has two in one organisation, with a warning', () => {
    const built = model([harbour(user(), user({ userId: 'u-ana-b', role: 'READONLY' }))]);
    expect(grantIds(built)).toEqual([
      `org:${HARBOUR}:member:user:g-ana`,
      `role:${HARBOUR}/readonly:assigned:user:g-ana`,
      `role:${HARBOUR}/standard:assigned:user:g-ana`,
    ]);
    expect(built.warnings.map(({ code }) => code)).toEqual(['twoRoles']);
  });

  it('aren’t doubled, and nothing is warned of, for a person listed twice with one role', () => {
    const built = model([harbour(user(), user({ userId: 'u-ana-b' }))]);
    expect(built.grants).toHaveLength(2);
    expect(built.warnings).toEqual([]);
  });
});

describe('roles', () => {
  it('are Xero’s six in every organisation, in its own words, beneath it', () => {
    const { resources } = model([harbour()]);
    const roles = resources.filter(({ type }) => type === 'role');
    expect(roles.map(({ id, displayName }) => [id, displayName])).toEqual([
      [`${HARBOUR}/cashbookclient`, 'Cashbook client'],
      [`${HARBOUR}/financialadviser`, 'Adviser'],
      [`${HARBOUR}/invoiceonly`, 'Invoice only'],
      [`${HARBOUR}/managedclient`, 'Managed client'],
      [`${HARBOUR}/readonly`, 'Read only'],
      [`${HARBOUR}/standard`, 'Standard'],
    ]);
    expect(roles[1]).toMatchObject({
      parent: { type: 'org', id: HARBOUR },
      profile: {
        role_name: 'Adviser',
        organisation_id: HARBOUR,
        organisation: 'Harbour Books',
      },
    });
    expect(roles[1]?.description).toContain('Harbour Books');
  });

  it('form one exclusion group of their organisation, ordered by privilege', () => {
    const { entitlements } = model([harbour(), farm()]);
    const group = entitlements.filter(({ exclusionGroup }) => {
      return exclusionGroup?.id === `xero-role:${HARBOUR}`;
    });
    expect(
      group
        .toSorted((a, b) => (a.exclusionGroup?.order ?? 0) - (b.exclusionGroup?.order ?? 0))
        .map(({ id }) => id.slice(`role:${HARBOUR}/`.length)),
    ).toEqual([
      'readonly:assigned',
      'cashbookclient:assigned',
      'invoiceonly:assigned',
      'managedclient:assigned',
      'standard:assigned',
      'financialadviser:assigned',
    ]);
  });

  it.each(XERO_ROLES)('are read and granted: $xero', ({ xero, id, name, order }) => {
    for (const spelt of [xero, xero.toLowerCase(), ` ${xero} `]) {
      const built = model([harbour(user({ role: spelt }))]);
      expect(grantIds(built)).toEqual([
        `org:${HARBOUR}:member:user:g-ana`,
        `role:${HARBOUR}/${id}:assigned:user:g-ana`,
      ]);
      expect(accounts(built)[0]?.profile).toMatchObject({ roles: [name] });
      expect(built.warnings).toEqual([]);
      expect(
        built.entitlements.find(({ resource }) => resource.id === `${HARBOUR}/${id}`)
          ?.exclusionGroup,
      ).toEqual({ id: `xero-role:${HARBOUR}`, order });
    }
  });

  it('that old documents know stand below those whose privilege is known', () => {
    const built = model([harbour(user({ role: 'ADMIN' }))]);
    const admin = built.entitlements.find(({ id }) => id === `role:${HARBOUR}/admin:assigned`);
    expect(admin?.exclusionGroup).toEqual({ id: `xero-role:${HARBOUR}`, order: 0 });
    expect(built.warnings.map(({ code }) => code)).toEqual(['unknownRole']);
  });

  it('that Xero adds one day become roles of their own, with a warning', () => {
    const built = model([harbour(user({ role: 'Payroll Admin/2' }))]);
    expect(grantIds(built)).toContain(`role:${HARBOUR}/payroll-admin-2:assigned:user:g-ana`);
    expect(built.resources).toContainEqual(
      expect.objectContaining({ id: `${HARBOUR}/payroll-admin-2`, displayName: 'Payroll Admin/2' }),
    );
    expect(built.warnings.map(({ code }) => code)).toEqual(['unknownRole']);
    expect(built.warnings[0]?.message).toContain('Payroll Admin/2, held by 1 person');
  });

  it('whose new names come to one id are one role', () => {
    const ben = user({ userId: 'u-ben', globalUserId: 'g-ben', role: 'PAY_ROLL' });
    const built = model([harbour(user({ role: 'PAY ROLL' }), ben)]);
    const roles = built.resources.filter(({ id }) => id === `${HARBOUR}/pay-roll`);
    expect(roles.map(({ displayName }) => displayName)).toEqual(['PAY ROLL']);
    expect(built.grants.filter(({ id }) => id.includes('/pay-roll:'))).toHaveLength(2);
  });
});

describe('organisations', () => {
  it('carry what Xero says of them, without what it leaves out', () => {
    const access = { organisation: organisation({ edition: null }), users: [] };
    expect(model([access]).resources[0]).toEqual({
      type: 'org',
      id: HARBOUR,
      displayName: 'Harbour Books',
      description: null,
      parent: null,
      profile: {
        organisation_id: HARBOUR,
        name: 'Harbour Books',
        legal_name: 'Harbour Books Limited',
        country_code: 'NZ',
        base_currency: 'NZD',
        organisation_type: 'COMPANY',
        version: 'NZ',
        class: 'PREMIUM',
        short_code: '!23eYt',
        is_demo_company: false,
        status: 'ACTIVE',
        created: '2019-05-07T12:00:00.000Z',
      },
      rawId: HARBOUR,
      link: 'https://go.xero.com/organisationlogin/default.aspx?shortcode=!23eYt&redirecturl=%2FSettings%2FUsers',
      createdAt: Date.UTC(2019, 4, 7, 12),
      childTypes: ['role'],
    });
  });

  it('link to the page for users, in the organisation where its short code is known', () => {
    const link = (shortCode: string | null) =>
      model([{ organisation: organisation({ shortCode }), users: [] }]).resources.find(
        (resource) => resource.type === 'org',
      );
    expect(link('!a+b/c')).toMatchObject({
      link: 'https://go.xero.com/organisationlogin/default.aspx?shortcode=!a%2Bb%2Fc&redirecturl=%2FSettings%2FUsers',
    });
    for (const odd of ['!-_', 'a&redirecturl=//evil.example', '#', '%2F', ' ?', 'é', '\ud83d']) {
      const url = new URL(link(odd)?.link ?? '');
      expect(url.origin).toBe('https://go.xero.com');
      expect(url.searchParams.getAll('shortcode')).toEqual([odd.replace('\ud83d', '\ufffd')]);
      expect(url.searchParams.getAll('redirecturl')).toEqual(['/Settings/Users']);
    }
    expect(link(null)).toMatchObject({ link: 'https://go.xero.com/Settings/Users' });
  });
});

describe('the ids of baton-xero', () => {
  const people = [
    harbour(user({ role: 'FINANCIALADVISER' }), user({ userId: 'u-ben', globalUserId: 'g-ben' })),
    farm(user({ userId: 'u-ana-2', role: 'FINANCIALADVISER' })),
  ];
  const built = model(people, { legacyOrganisationId: HARBOUR.toUpperCase() });

  it('belong to the named organisation; others have the new ones beside them', () => {
    expect(grantIds(built).filter((id) => id.startsWith('role:'))).toEqual([
      `role:${FARM}/financialadviser:assigned:user:g-ana`,
      'role:financialadvisor:financialadvisor:user:u-ana',
      'role:standard:standard:user:u-ben',
    ]);
    expect(accounts(built).map(({ id }) => id)).toEqual(['g-ana', 'u-ana', 'u-ben']);
  });

  it('leave roles without a parent, with role_name alone in the profile', () => {
    const role = built.resources.find(({ id }) => id === 'financialadvisor');
    expect(role).toMatchObject({ parent: null, profile: { role_name: 'financialadvisor' } });
    expect(Object.keys(role?.profile ?? {})).toEqual(['role_name']);
    expect(built.resources[0]).toMatchObject({ id: HARBOUR, childTypes: [] });
    expect(built.resources[1]).toMatchObject({ id: FARM, childTypes: ['role'] });
  });

  it('still tell membership and exclusion by organisation', () => {
    expect(grantIds(built)).toContain(`org:${HARBOUR}:member:user:u-ana`);
    const role = built.entitlements.find(({ id }) => id === 'role:standard:standard');
    expect(role).toMatchObject({
      slug: 'standard',
      exclusionGroup: { id: `xero-role:${HARBOUR}`, order: 50 },
    });
  });
});

describe('the model', () => {
  it('is the same whatever order Xero answered in', () => {
    expect(model(shuffled(TOWN))).toEqual(model(TOWN));
  });

  it('lists everything in byte order of its keys: org, role, user', () => {
    const astral = user({ userId: 'u-1', globalUserId: '\u{1F600}' });
    const high = user({ userId: 'u-2', globalUserId: '\uFF21' });
    const built = model([
      ...TOWN,
      { organisation: organisation({ id: '0' }), users: [astral, high] },
    ]);
    const keys = built.resources.map(({ type, id }) => `${type}:${id}`);
    for (const list of [keys, built.entitlements.map(({ id }) => id), grantIds(built)]) {
      const inBytes = [...list].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(list).toEqual(inBytes);
      expect(new Set(list).size).toBe(list.length);
    }
  });

  it('warns in counts and organisations, never of people by name', () => {
    const { warnings } = model(TOWN);
    expect(warnings.map(({ code }) => code)).toEqual([
      'unknownRole',
      'undisclosedRole',
      'twoRoles',
      'noGlobalUserId',
      'noEmail',
      'sameEmail',
    ]);
    const text = warnings.map(({ message }) => message).join(' ');
    expect(text).toContain('Payroll Admin, held by 1 person in Hillside Farm');
    expect(text).toContain('2 people in Harbour Books and Hillside Farm');
    expect(text).not.toMatch(/Ana|Reyes|@|u-|g-/);
  });

  it('names three organisations in a warning and counts the rest', () => {
    const organisations = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
      organisation: organisation({ id, name: `Firm ${id}` }),
      users: [user({ userId: `u-${id}`, globalUserId: `g-${id}`, role: 'UNKNOWN' })],
    }));
    expect(model(organisations).warnings[0]?.message).toContain(
      '5 people in Firm a, Firm b, Firm c and 2 more',
    );
  });
});
