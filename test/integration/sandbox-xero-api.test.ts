import { request as httpRequest } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AccountingApi } from 'xero-node';
import { z } from 'zod';
import { SANDBOX_API_KEY_PREFIX } from '../sandbox/organisations.ts';
import { World } from '../sandbox/world.ts';
import type { XeroApp } from '../sandbox/xero/apps.ts';
import type { Fault } from '../sandbox/xero/faults.ts';
import type { XeroSandbox } from '../sandbox/xero/sandbox.ts';
import { startXeroSandbox } from '../sandbox/xero/start.ts';
import { readDescription, type XeroDescription } from './xero-description.ts';

const MINUTE = 60_000;
const KAURI = 'Kauri & Co Limited';
const HARBOUR = 'Harbour Lane Cafés';
const ADMIN = 'aroha.ngata@kauri.example';

let accounting: XeroDescription;
let identity: XeroDescription;
let xero: XeroSandbox;
let world: World;
let elapsed = 0;
let accessToken: string;

beforeAll(async () => {
  accounting = await readDescription('xero_accounting.yaml');
  identity = await readDescription('xero-identity.yaml');
});
beforeEach(async () => {
  elapsed = 0;
  const started = Date.now();
  world = new World();
  xero = await startXeroSandbox({ world, now: () => started + elapsed });
  accessToken = await accessTokenFor(xero.desktopApp);
});
afterEach(() => xero.close());

async function accessTokenFor(app: XeroApp, scope?: readonly string[]): Promise<string> {
  const custom = app.kind === 'custom';
  const grant = {
    grant_type: 'refresh_token',
    client_id: app.clientId,
    refresh_token: custom ? '' : xero.consent(app, scope === undefined ? {} : { scope }),
  };
  const basic = Buffer.from(`${app.clientId}:${app.secret ?? ''}`).toString('base64');
  const answer = await fetch(`${xero.roots.identity}/connect/token`, {
    method: 'POST',
    headers: custom ? { authorization: `Basic ${basic}` } : {},
    body: new URLSearchParams(custom ? { grant_type: 'client_credentials' } : grant),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

interface Call {
  readonly organisation?: string;
  readonly token?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

function call(
  path: string,
  { organisation, token, method, headers }: Call = {},
): Promise<Response> {
  const tenant = organisation === undefined ? {} : { 'xero-tenant-id': idOf(organisation) };
  return fetch(`${xero.roots.api}${path}`, {
    method: method ?? 'GET',
    headers: {
      authorization: `Bearer ${token ?? accessToken}`,
      accept: 'application/json',
      ...tenant,
      ...headers,
    },
  });
}

const users = (options: Call = {}): Promise<Response> =>
  call('/api.xro/2.0/Users', { organisation: KAURI, ...options });

function idOf(organisation: string): string {
  return world.organisations.find(({ name }) => name === organisation)?.id ?? organisation;
}

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
    const answer: unknown = await (await call('/connections')).json();
    for (const connection of z.array(z.record(z.string(), z.unknown())).parse(answer)) {
      expect(identity.of('Connection')(connection)).toEqual([]);
      expect(identity.properties('Connection')).toEqual(
        expect.arrayContaining(Object.keys(connection)),
      );
    }
    expect(answer).toHaveLength(3);
  });

  test.each(['/Organisation', '/Organisations'])('%s of every organisation', async (path) => {
    for (const { name } of world.organisations) {
      const answer: unknown = await (
        await call(`/api.xro/2.0${path}`, { organisation: name })
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
    for (const { name, users: people } of world.organisations) {
      const answer: unknown = await (await users({ organisation: name })).json();
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
    const { userId } = world.user(KAURI, ADMIN);
    const answer = await call(`/api.xro/2.0/Users/${userId}`, { organisation: KAURI });
    const body: unknown = await answer.json();
    expect(accounting.of('Users')(body)).toEqual([]);
    expect(body).toMatchObject({ Users: [{ UserID: userId, EmailAddress: ADMIN }] });
    const unknown = await call(`/api.xro/2.0/Users/${idOf(KAURI)}`, { organisation: KAURI });
    expect(unknown.status).toBe(404);
  });

  test('the check itself finds a wrong answer', () => {
    const wrong = { Users: [{ UserID: 'not an id', OrganisationRole: 'ADMIN' }] };
    expect(accounting.of('Users')(wrong)).toHaveLength(2);
  });
});

describe('xero-node', () => {
  test('reads users and organisations', async () => {
    const api = new AccountingApi(`${xero.roots.api}/api.xro/2.0`);
    api.accessToken = accessToken;
    const { body, response } = await api.getUsers(idOf(KAURI));
    expect(body.users).toHaveLength(world.organisation(KAURI).users.length);
    const priya = body.users?.find(({ lastName }) => lastName === 'Raman');
    expect(priya?.firstName).toBe('Priya ');
    expect(priya?.updatedDateUTC).toEqual(new Date(world.user(KAURI, 'Priya Raman').updatedAt));
    expect(Rows.parse(response.data).Users[0]?.['GlobalUserID']).toBe(
      world.user(KAURI, ADMIN).personId,
    );
    const organisations = await api.getOrganisations(idOf(KAURI));
    expect(organisations.body.organisations?.[0]?.shortCode).toBe('!k4Ur+');
  });

  test('rejects with Xero’s status and headers', async () => {
    const api = new AccountingApi(`${xero.roots.api}/api.xro/2.0`);
    api.accessToken = accessToken;
    const fault = { kind: 'status', status: 429, retryAfter: 7, problem: 'minute' } as const;
    xero.fail({ endpoint: 'users', fault });
    const rejection: unknown = await api.getUsers(idOf(KAURI)).catch((error: unknown) => error);
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
    const answer = await users({ token: 'unknown' });
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
    elapsed = 30 * MINUTE - 1;
    expect((await users()).status).toBe(200);
    elapsed = 30 * MINUTE;
    const late = await users();
    expect(late.status).toBe(401);
    const { Detail } = z.object({ Detail: z.string() }).parse(await late.json());
    expect(Detail).toMatch(/^TokenExpired: /);
    accessToken = await accessTokenFor(xero.desktopApp);
    xero.expireAccessTokens();
    expect((await users()).status).toBe(401);
  });

  test('a token without the scope is 401 with insufficient_scope', async () => {
    const token = await accessTokenFor(xero.desktopApp, ['openid', 'offline_access']);
    const answer = await users({ token });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(await answer.json()).toMatchObject({ Detail: 'AuthorizationUnsuccessful' });
  });

  test.each([
    ['no organisation named', () => undefined],
    ['an organisation disconnected', () => xero.disconnect(KAURI)],
    ['the connecting person demoted', () => world.changeRole(KAURI, ADMIN, 'READONLY')],
    ['the connecting person removed', () => world.removePerson(KAURI, ADMIN)],
  ])('%s is 403', async (title, change) => {
    change();
    const answer = await call('/api.xro/2.0/Users', {
      ...(title !== 'no organisation named' && { organisation: KAURI }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ Title: 'Forbidden', Status: 403 });
  });

  test('a tenant id is compared without case', async () => {
    expect((await users({ organisation: idOf(KAURI).toUpperCase() })).status).toBe(200);
  });

  test('a custom connection needs no tenant and sees its own organisation alone', async () => {
    const token = await accessTokenFor(xero.customConnection);
    const answer = await call('/api.xro/2.0/Organisation', { token });
    expect(await answer.json()).toMatchObject({ Organisations: [{ Name: KAURI }] });
    expect((await users({ token, organisation: HARBOUR })).status).toBe(403);
    expect(await (await call('/connections', { token })).json()).toEqual([]);
  });
});

describe('connections', () => {
  test('are filtered by the authorisation event and deleted by their own id', async () => {
    const all = Connections.parse(await (await call('/connections')).json());
    const [first] = all;
    const filtered = await call(`/connections?authEventId=${first?.authEventId ?? ''}`);
    expect(await filtered.json()).toMatchObject([{ id: first?.id }]);
    const remove = (id: string): Promise<Response> =>
      call(`/connections/${id}`, { method: 'DELETE' });
    expect((await remove(idOf(KAURI))).status).toBe(403);
    expect((await remove(first?.id ?? '')).status).toBe(204);
    expect(await (await call('/connections')).json()).toHaveLength(2);
  });

  test('carry the limit of the app alone', async () => {
    const { headers } = await call('/connections');
    expect(headers.get('x-appminlimit-remaining')).toBe('9999');
    expect(headers.has('x-minlimit-remaining')).toBe(false);
  });
});

describe('what can be asked of users', () => {
  test('where, order and If-Modified-Since', async () => {
    const where = (filter: string): Promise<Response> =>
      call(`/api.xro/2.0/Users?where=${encodeURIComponent(filter)}`, { organisation: KAURI });
    expect(await rows(await where('IsSubscriber==true'))).toMatchObject([{ EmailAddress: ADMIN }]);
    expect(await rows(await where('OrganisationRole=="READONLY"'))).toHaveLength(2);
    const unreadable = await where('Nonsense');
    expect(unreadable.status).toBe(400);
    expect(accounting.of('Error')(await unreadable.json())).toEqual([]);
    const headers = { 'if-modified-since': new Date(Date.UTC(2026, 10, 2)).toISOString() };
    expect((await users({ headers })).status).toBe(304);
    world.changeRole(KAURI, 'zoe@kauri.example', 'STANDARD');
    expect(await rows(await users({ headers }))).toMatchObject([{ FirstName: 'Zoë' }]);
  });

  test('GlobalUserIDs can vanish', async () => {
    expect((await rows(await users())).filter((row) => 'GlobalUserID' in row)).toHaveLength(11);
    world.hideGlobalIds();
    expect((await rows(await users())).filter((row) => 'GlobalUserID' in row)).toEqual([]);
  });

  test('a GET may bear a body, as xero-node’s do', async () => {
    const { hostname, port, pathname } = new URL(`${xero.roots.api}/api.xro/2.0/Users`);
    const headers = {
      authorization: `Bearer ${accessToken}`,
      'xero-tenant-id': idOf(KAURI),
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

describe('limits', () => {
  test('every answer says what is left and can be named to support', async () => {
    const { headers } = await users();
    expect(headers.get('x-daylimit-remaining')).toBe('999');
    expect(headers.get('x-minlimit-remaining')).toBe('59');
    expect(headers.get('x-appminlimit-remaining')).toBe('9999');
    expect(headers.get('xero-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the 61st call in a minute waits for the first to be a minute old', async () => {
    for (let count = 0; count < 59; count += 1) await users();
    elapsed = 20_000;
    expect((await users()).status).toBe(200);
    const refused = await users();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-rate-limit-problem')).toBe('minute');
    expect(refused.headers.get('retry-after')).toBe('40');
    expect((await users({ organisation: HARBOUR })).status).toBe(200);
    elapsed = MINUTE;
    expect((await users()).status).toBe(200);
  });

  test('the sixth call at once is refused', async () => {
    const patient = new AbortController();
    xero.fail({ endpoint: 'users', fault: { kind: 'hang' }, times: 5 });
    const hanging = Array.from({ length: 5 }, () =>
      fetch(`${xero.roots.api}/api.xro/2.0/Users`, {
        signal: patient.signal,
        headers: { authorization: `Bearer ${accessToken}`, 'xero-tenant-id': idOf(KAURI) },
      }).catch(() => 'gave up'),
    );
    await xero.arrived('users', 5);
    const refused = await users();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-rate-limit-problem')).toBe('concurrent');
    patient.abort();
    expect(await Promise.all(hanging)).toEqual(Array(5).fill('gave up'));
  });

  test('day and app limits are as configured', async () => {
    await xero.close();
    xero = await startXeroSandbox({ world, limits: { day: 1, appMinute: 3 } });
    accessToken = await accessTokenFor(xero.desktopApp);
    await users();
    const day = await users();
    expect(day.headers.get('x-rate-limit-problem')).toBe('day');
    expect(Number(day.headers.get('retry-after'))).toBeGreaterThan(86_000);
    await users({ organisation: HARBOUR });
    await call('/connections');
    const app = await call('/connections');
    expect(app.status).toBe(429);
    expect(app.headers.get('x-rate-limit-problem')).toBe('appminute');
  });
});

describe('bad days', () => {
  const fail = (fault: Fault, times?: number): void =>
    xero.fail({ endpoint: 'users', fault, times });

  test('a status comes as often as planned, then Xero is well again', async () => {
    fail({ kind: 'status', status: 503 }, 2);
    const [first, second, third] = [await users(), await users(), await users()];
    expect([first.status, second.status, third.status]).toEqual([503, 503, 200]);
    expect(await first.text()).toBe('');
    expect(xero.requests('users').map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  test('a fault can be for one organisation, and stays until it is cleared', async () => {
    const fault = { kind: 'status', status: 403 } as const;
    const organisationId = idOf(KAURI);
    xero.fail({ endpoint: 'users', fault, times: Infinity, organisationId });
    expect((await users()).status).toBe(403);
    expect((await users({ organisation: HARBOUR })).status).toBe(200);
    expect((await users()).status).toBe(403);
    xero.clearFaults();
    expect((await users()).status).toBe(200);
  });

  test('a page instead of JSON, nothing, or half of it', async () => {
    fail({ kind: 'html' });
    expect((await users()).headers.get('content-type')).toContain('text/html');
    fail({ kind: 'empty' });
    expect(await (await users()).text()).toBe('');
    fail({ kind: 'truncated' });
    const text = await (await users()).text();
    expect(text).toMatch(/^\{"Id"/);
    expect(() => z.unknown().parse(JSON.parse(text))).toThrow(SyntaxError);
    fail({ kind: 'status', status: 500, body: '{"Message":"mended by hand"}' });
    expect(await (await users()).json()).toEqual({ Message: 'mended by hand' });
  });

  test('a reset connection, and an answer that never comes', async () => {
    fail({ kind: 'reset' });
    await expect(users()).rejects.toThrow();
    fail({ kind: 'hang' });
    const caller = new AbortController();
    const hanging = fetch(`${xero.roots.api}/api.xro/2.0/Users`, {
      signal: caller.signal,
      headers: { authorization: `Bearer ${accessToken}`, 'xero-tenant-id': idOf(KAURI) },
    });
    await xero.arrived('users', 2);
    caller.abort();
    await expect(hanging).rejects.toThrow();
  });
});
