import { request as httpRequest } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AccountingApi } from 'xero-node';
import { z } from 'zod';
import { ConnectionsAnswer } from '../../main/xero/answers.ts';
import { SANDBOX_API_KEY_PREFIX } from '../sandbox/organisations.ts';
import { XeroCaller } from './xero-caller.ts';
import { readDescription, type XeroDescription } from './xero-description.ts';

const MINUTE = 60_000;
const KAURI = 'Kauri & Co Limited';
const HARBOUR = 'Harbour Lane Cafés';
const ADMIN = 'aroha.ngata@kauri.example';

let accounting: XeroDescription;
let identity: XeroDescription;
let caller: XeroCaller;

beforeAll(async () => {
  accounting = await readDescription('xero_accounting.yaml');
  identity = await readDescription('xero-identity.yaml');
});
beforeEach(async () => {
  caller = await XeroCaller.start();
});
afterEach(() => caller.xero.close());

const Rows = z.object({ Users: z.array(z.record(z.string(), z.unknown())) });
const Organisations = z.object({
  Organisations: z.array(z.record(z.string(), z.unknown())),
});
const Connections = z.array(z.object({ id: z.string(), authEventId: z.string() }));

async function rows(answer: Response): Promise<Record<string, unknown>[]> {
  return Rows.parse(await answer.json()).Users;
}

describe('answers fit Xero’s own description', () => {
  test('connections', async () => {
    const answer: unknown = await (await caller.call('/connections')).json();
    for (const connection of z.array(z.record(z.string(), z.unknown())).parse(answer)) {
      expect(identity.of('Connection')(connection)).toEqual([]);
      expect(identity.properties('Connection')).toEqual(
        expect.arrayContaining(Object.keys(connection)),
      );
    }
    expect(answer).toHaveLength(3);
  });

  test('connections of a practice, and of an organisation whose name Xero leaves out', async () => {
    caller.xero.connectPractice(caller.xero.desktopApp, 'Tally & Co');
    caller.world.hideTenantName(HARBOUR);
    const answer: unknown = await (await caller.call('/connections')).json();
    const all = z.array(z.record(z.string(), z.unknown())).parse(answer);
    const practice = all.find(({ tenantType }) => tenantType === 'PRACTICE');
    expect(practice).toMatchObject({ tenantName: 'Tally & Co' });
    expect(identity.of('Connection')(practice)).toEqual([]);
    const nameless = all.find(({ tenantId }) => tenantId === caller.idOf(HARBOUR));
    // Null isn't in the description, but it comes (xero.md §2).
    expect(nameless).toMatchObject({ tenantName: null, tenantType: 'ORGANISATION' });
    expect(identity.of('Connection')(nameless)).toEqual(['/tenantName must be string']);
    const { connections, leftOut } = ConnectionsAnswer.parse(answer);
    expect(connections.map(({ name }) => name)).toEqual([
      KAURI,
      'An organisation without a name',
      'Demo Company (NZ)',
    ]);
    expect(leftOut).toBe(1);
    const asOrganisation = await caller.users(String(practice?.['tenantId']));
    expect(asOrganisation.status).toBe(403);
  });

  test.each(['/Organisation', '/Organisations'])('%s of every organisation', async (path) => {
    for (const { name } of caller.world.organisations) {
      const answer: unknown = await (
        await caller.call(`/api.xro/2.0${path}`, { organisation: name })
      ).json();
      expect(accounting.of('Organisations')(answer)).toEqual([]);
      const [only = {}, ...others] = Organisations.parse(answer).Organisations;
      expect(others).toEqual([]);
      expect(accounting.properties('Organisation')).toEqual(
        expect.arrayContaining(Object.keys(only)),
      );
      expect(only['APIKey']).toMatch(SANDBOX_API_KEY_PREFIX);
      expect(only['CreatedDateUTC']).toMatch(/^\/Date\(\d+\)\/$/);
    }
  });

  test('users of every organisation, with GlobalUserID as the one extra', async () => {
    const known = [...accounting.properties('User'), 'GlobalUserID'];
    for (const { name, users: people } of caller.world.organisations) {
      const answer: unknown = await (await caller.users(name)).json();
      expect(accounting.of('Users')(answer)).toEqual([]);
      const listed = Rows.parse(answer).Users;
      expect(listed).toHaveLength(people.length);
      for (const row of listed) {
        expect(known).toEqual(expect.arrayContaining(Object.keys(row)));
        expect(Object.values(row)).not.toContain(null);
        expect(row['UpdatedDateUTC']).toMatch(/^\/Date\(\d+\+0000\)\/$/);
      }
    }
  });

  test('one user', async () => {
    const { userId } = caller.world.user(KAURI, ADMIN);
    const answer = await caller.call(`/api.xro/2.0/Users/${userId}`, { organisation: KAURI });
    const body: unknown = await answer.json();
    expect(accounting.of('Users')(body)).toEqual([]);
    expect(body).toMatchObject({ Users: [{ UserID: userId, EmailAddress: ADMIN }] });
    const unknown = await caller.call(`/api.xro/2.0/Users/${caller.idOf(KAURI)}`, {
      organisation: KAURI,
    });
    expect(unknown.status).toBe(404);
  });

  test('the check itself finds a wrong answer', () => {
    const wrong = { Users: [{ UserID: 'not an id', OrganisationRole: 'ADMIN' }] };
    expect(accounting.of('Users')(wrong)).toHaveLength(2);
  });
});

describe('xero-node', () => {
  test('reads users and organisations', async () => {
    const api = new AccountingApi(`${caller.xero.roots.api}/api.xro/2.0`);
    api.accessToken = caller.accessToken;
    const { body, response } = await api.getUsers(caller.idOf(KAURI));
    expect(body.users).toHaveLength(caller.world.organisation(KAURI).users.length);
    const priya = body.users?.find(({ lastName }) => lastName === 'Raman');
    expect(priya?.firstName).toBe('Priya ');
    expect(priya?.updatedDateUTC).toEqual(
      new Date(caller.world.user(KAURI, 'Priya Raman').updatedAt),
    );
    expect(Rows.parse(response.data).Users[0]?.['GlobalUserID']).toBe(
      caller.world.user(KAURI, ADMIN).personId,
    );
    const organisations = await api.getOrganisations(caller.idOf(KAURI));
    expect(organisations.body.organisations?.[0]?.shortCode).toBe('!k4Ur+');
  });

  test('rejects with Xero’s status and headers', async () => {
    const api = new AccountingApi(`${caller.xero.roots.api}/api.xro/2.0`);
    api.accessToken = caller.accessToken;
    const fault = { kind: 'status', status: 429, retryAfter: 7, problem: 'minute' } as const;
    caller.xero.fail({ endpoint: 'users', fault });
    const rejection: unknown = await api
      .getUsers(caller.idOf(KAURI))
      .catch((error: unknown) => error);
    const text = z.string().parse(rejection);
    expect(JSON.parse(text)).toMatchObject({
      response: {
        statusCode: 429,
        headers: { 'retry-after': '7', 'x-rate-limit-problem': 'minute' },
      },
    });
  });
});

describe('who is let in', () => {
  test('no token and an unknown one are 401', async () => {
    const answer = await caller.users(KAURI, { token: 'unknown' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      Type: null,
      Title: 'Unauthorized',
      Status: 401,
      Detail: 'AuthenticationUnsuccessful',
      Extensions: {},
    });
  });

  test('an access token lives 30 minutes, or until a test ends it', async () => {
    caller.turnTo(30 * MINUTE - 1);
    expect((await caller.users(KAURI)).status).toBe(200);
    caller.turnTo(30 * MINUTE);
    const late = await caller.users(KAURI);
    expect(late.status).toBe(401);
    const { Detail } = z.object({ Detail: z.string() }).parse(await late.json());
    expect(Detail).toMatch(/^TokenExpired: /);
    await caller.renew();
    caller.xero.expireAccessTokens();
    expect((await caller.users(KAURI)).status).toBe(401);
  });

  test('a token without the scope is 401 with insufficient_scope', async () => {
    const token = await caller.accessTokenFor(caller.xero.desktopApp, ['openid', 'offline_access']);
    const answer = await caller.users(KAURI, { token });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(await answer.json()).toMatchObject({ Detail: 'AuthorizationUnsuccessful' });
  });

  test.each([
    ['no organisation named', () => undefined],
    ['an organisation disconnected', () => caller.xero.disconnect(KAURI)],
    ['the connecting person demoted', () => caller.world.changeRole(KAURI, ADMIN, 'READONLY')],
    ['the connecting person removed', () => caller.world.removePerson(KAURI, ADMIN)],
  ])('%s is 403', async (title, change) => {
    change();
    const answer = await caller.call('/api.xro/2.0/Users', {
      ...(title !== 'no organisation named' && { organisation: KAURI }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ Title: 'Forbidden', Status: 403 });
  });

  test('a tenant id is compared without case', async () => {
    expect((await caller.users(caller.idOf(KAURI).toUpperCase())).status).toBe(200);
  });

  test('a custom connection needs no tenant and sees its own organisation alone', async () => {
    const token = await caller.accessTokenFor(caller.xero.customConnection);
    const answer = await caller.call('/api.xro/2.0/Organisation', { token });
    expect(await answer.json()).toMatchObject({ Organisations: [{ Name: KAURI }] });
    expect((await caller.users(HARBOUR, { token })).status).toBe(403);
    expect(await (await caller.call('/connections', { token })).json()).toEqual([]);
  });
});

describe('connections', () => {
  test('are filtered by the authorisation event and deleted by their own id', async () => {
    const all = Connections.parse(await (await caller.call('/connections')).json());
    const [first] = all;
    const filtered = await caller.call(`/connections?authEventId=${first?.authEventId ?? ''}`);
    expect(await filtered.json()).toMatchObject([{ id: first?.id }]);
    const remove = (id: string): Promise<Response> =>
      caller.call(`/connections/${id}`, { method: 'DELETE' });
    expect((await remove(caller.idOf(KAURI))).status).toBe(403);
    expect((await remove(first?.id ?? '')).status).toBe(204);
    expect(await (await caller.call('/connections')).json()).toHaveLength(2);
  });

  test('carry the limit of the app alone', async () => {
    const { headers } = await caller.call('/connections');
    expect(headers.get('x-appminlimit-remaining')).toBe('9999');
    expect(headers.has('x-minlimit-remaining')).toBe(false);
  });
});

describe('what can be asked of users', () => {
  test('where, order and If-Modified-Since', async () => {
    const where = (filter: string): Promise<Response> =>
      caller.call(`/api.xro/2.0/Users?where=${encodeURIComponent(filter)}`, {
        organisation: KAURI,
      });
    expect(await rows(await where('IsSubscriber==true'))).toMatchObject([{ EmailAddress: ADMIN }]);
    expect(await rows(await where('OrganisationRole=="READONLY"'))).toHaveLength(2);
    const unreadable = await where('Nonsense');
    expect(unreadable.status).toBe(400);
    expect(accounting.of('Error')(await unreadable.json())).toEqual([]);
    const headers = { 'if-modified-since': new Date(Date.UTC(2026, 10, 2)).toISOString() };
    expect((await caller.users(KAURI, { headers })).status).toBe(304);
    caller.world.changeRole(KAURI, 'zoe@kauri.example', 'STANDARD');
    expect(await rows(await caller.users(KAURI, { headers }))).toMatchObject([
      { FirstName: 'Zoë' },
    ]);
  });

  test('GlobalUserIDs can vanish', async () => {
    expect(
      (await rows(await caller.users(KAURI))).filter((row) => 'GlobalUserID' in row),
    ).toHaveLength(11);
    caller.world.hideGlobalIds();
    expect((await rows(await caller.users(KAURI))).filter((row) => 'GlobalUserID' in row)).toEqual(
      [],
    );
  });

  test('a GET may bear a body, as xero-node’s do', async () => {
    const { hostname, port, pathname } = new URL(`${caller.xero.roots.api}/api.xro/2.0/Users`);
    const headers = {
      authorization: `Bearer ${caller.accessToken}`,
      'xero-tenant-id': caller.idOf(KAURI),
      'content-type': 'application/json',
      'content-length': 2,
    };
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest({ hostname, port, path: pathname, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      sent.end('{}');
    });
    expect(status).toBe(200);
  });
});
