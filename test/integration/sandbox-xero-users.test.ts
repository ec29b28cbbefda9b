import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { userManagementPage } from '../../main/access/links.ts';
import { XeroCaller } from './xero-caller.ts';
import { readDescription, type XeroDescription } from './xero-description.ts';

const MINUTE = 60_000;
const KAURI = 'Kauri & Co Limited';
const HARBOUR = 'Harbour Lane Cafés';
const DEMO = 'Demo Company (NZ)';
const ZOE = 'zoe@kauri.example';

const Row = z.looseObject({
  UserID: z.string(),
  GlobalUserID: z.string().optional(),
  EmailAddress: z.string().optional(),
  OrganisationRole: z.string(),
  UpdatedDateUTC: z.string(),
});

let description: XeroDescription;
let caller: XeroCaller;

beforeAll(async () => {
  description = await readDescription('xero_accounting.yaml');
});
beforeEach(async () => {
  caller = await XeroCaller.start();
});
afterEach(() => caller.xero.close());

/** What Xero's API lists of one person, checked against Xero's own description. */
async function listed(organisation: string, email: string) {
  const answer: unknown = await (await caller.users(organisation)).json();
  expect(description.of('Users')(answer)).toEqual([]);
  const { Users } = z.object({ Users: z.array(Row) }).parse(answer);
  return Users.find((row) => row.EmailAddress === email);
}

async function open(path: string, form?: Readonly<Record<string, string>>): Promise<Response> {
  const address = new URL(path, caller.xero.page);
  return form === undefined
    ? fetch(address)
    : fetch(address, { method: 'POST', body: new URLSearchParams(form) });
}

function invite(organisation: string, email: string, role = 'STANDARD'): string {
  return caller.xero.users.invite(organisation, {
    firstName: 'Rangi',
    lastName: 'Tane',
    email,
    role,
  }).id;
}

describe('the link that the app opens', () => {
  test.each([KAURI, HARBOUR, DEMO])('lands on the users of %s', async (name) => {
    const { shortCode } = caller.world.organisation(name);
    const link = new URL(userManagementPage(shortCode));
    const page = await (await open(link.pathname + link.search)).text();
    expect(page).toContain('<h1>Users</h1>');
    expect(page).toContain(name.replace('&', '&#38;'));
  });

  test('without a short code asks for the organisation', async () => {
    const link = new URL(userManagementPage(null));
    const page = await (await open(link.pathname)).text();
    expect(page).toContain('Of which organisation?');
  });

  test('leads nowhere else', async () => {
    const path = '/organisationlogin/default.aspx?redirecturl=https%3A%2F%2Fexample.com';
    expect((await open(path)).url).toBe(caller.xero.page);
  });
});

describe('the Users page', () => {
  test('changes a role, and the row says when', async () => {
    const organisation = caller.idOf(KAURI);
    const before = await listed(KAURI, ZOE);
    caller.turnTo(MINUTE);
    const form = { organisation, user: before?.UserID ?? '', role: 'STANDARD' };
    const page = await (await open('/Settings/Users/Person', form)).text();
    expect(page.replace(/\s+/g, ' ')).toContain('<td>zoe@kauri.example</td><td>Standard</td>');
    const after = await listed(KAURI, ZOE);
    expect(after).toMatchObject({ UserID: before?.UserID, OrganisationRole: 'STANDARD' });
    expect(after?.UpdatedDateUTC).not.toBe(before?.UpdatedDateUTC);
  });

  test('removes a person, and not the subscriber', async () => {
    const organisation = caller.idOf(KAURI);
    const user = caller.world.user(KAURI, ZOE).userId;
    await open('/Settings/Users/Remove', { organisation, user });
    expect(await listed(KAURI, ZOE)).toBeUndefined();
    const payer = caller.world.user(KAURI, 'aroha.ngata@kauri.example').userId;
    const refused = await open('/Settings/Users/Remove', { organisation, user: payer });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('role="alert"');
    expect(await listed(KAURI, 'aroha.ngata@kauri.example')).toBeDefined();
  });

  test('shows an invitation as pending, which the API lists once it is accepted', async () => {
    const organisation = caller.idOf(KAURI);
    const email = 'rangi@kauri.example';
    const page = await open('/Settings/Users/Invite', {
      organisation,
      firstName: 'Rangi',
      lastName: 'Tane',
      email,
      role: 'READONLY',
    });
    const link = /<a href="(\/Invitation[^"]+)"/.exec(await page.text())?.[1] ?? '';
    expect(await listed(KAURI, email)).toBeUndefined();
    const invitation = await open(link);
    const id = /name="id" value="([^"]+)"/.exec(await invitation.text())?.[1] ?? '';
    await open('/Invitation', { id });
    expect(await listed(KAURI, email)).toMatchObject({
      FirstName: 'Rangi',
      OrganisationRole: 'READONLY',
    });
    expect(caller.xero.users.pending(KAURI)).toEqual([]);
    expect((await open(link)).status).toBe(404);
  });

  test('refuses to invite somebody who is there or was invited', async () => {
    const organisation = caller.idOf(KAURI);
    const form = { organisation, firstName: 'Z', lastName: 'B', role: 'READONLY' };
    const there = await open('/Settings/Users/Invite', { ...form, email: ZOE.toUpperCase() });
    expect(await there.text()).toContain('is already a user of this organisation');
    invite(KAURI, 'rangi@kauri.example');
    const twice = await open('/Settings/Users/Invite', { ...form, email: 'rangi@kauri.example' });
    expect(await twice.text()).toContain('has been invited already');
  });

  test('takes no role that only a practice gives', async () => {
    const organisation = caller.idOf(KAURI);
    const user = caller.world.user(KAURI, ZOE).userId;
    const form = { organisation, user, role: 'MANAGEDCLIENT' };
    expect((await open('/Settings/Users/Person', form)).status).toBe(400);
    expect(await listed(KAURI, ZOE)).toMatchObject({ OrganisationRole: 'INVOICEONLY' });
  });
});

describe('an invitation that is accepted', () => {
  test('keeps the GlobalUserID of a person whom another organisation knows', async () => {
    const before = await listed(KAURI, ZOE);
    caller.xero.users.accept(invite(HARBOUR, 'Zoe@Kauri.example'));
    const row = await listed(HARBOUR, 'Zoe@Kauri.example');
    expect(row?.GlobalUserID).toBe(before?.GlobalUserID);
    expect(row?.UserID).not.toBe(before?.UserID);
  });

  test('gives somebody new a GlobalUserID of their own', async () => {
    caller.xero.users.accept(invite(KAURI, 'rangi@kauri.example'));
    const row = await listed(KAURI, 'rangi@kauri.example');
    const others = caller.world.organisations.flatMap(({ users }) =>
      users.filter(({ personId }) => personId === row?.GlobalUserID),
    );
    expect(others).toHaveLength(1);
  });

  test('of somebody who was removed brings the old UserID back, or a new one', async () => {
    const before = await listed(KAURI, ZOE);
    caller.xero.users.remove(KAURI, ZOE);
    caller.xero.users.accept(invite(KAURI, ZOE, 'READONLY'));
    const again = await listed(KAURI, ZOE);
    expect(again).toMatchObject({ UserID: before?.UserID, OrganisationRole: 'READONLY' });

    caller.xero.users.reinvited = 'newUserId';
    caller.xero.users.remove(KAURI, ZOE, 'listed');
    expect(await listed(KAURI, ZOE)).toMatchObject({ OrganisationRole: 'REMOVED' });
    caller.xero.users.accept(invite(KAURI, ZOE));
    const anew = await listed(KAURI, ZOE);
    expect(anew?.UserID).not.toBe(before?.UserID);
    expect(anew).toMatchObject({
      GlobalUserID: before?.GlobalUserID,
      OrganisationRole: 'STANDARD',
    });
  });
});
