import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseEndpoints } from '../../main/endpoints.ts';
import { XeroApi } from '../../main/xero/api.ts';
import { FakeXero } from '../unit/xero/fake-xero.ts';
import { valueOf } from '../unit/results.ts';
import { readDescription, type SentRequest, type XeroDescription } from './xero-description.ts';

const TENANT = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const CONNECTION = '11111111-2222-4333-8444-555555555555';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const BELOW = '/api.xro/2.0';
const call = { accessToken: 'the-token', signal: new AbortController().signal };

let accounting: XeroDescription;
let identity: XeroDescription;
let xero: FakeXero;
let api: XeroApi;

beforeAll(async () => {
  accounting = await readDescription('xero_accounting.yaml');
  identity = await readDescription('xero-identity.yaml');
  xero = await FakeXero.start();
  api = new XeroApi(xero.endpoints, xero.network);
});
beforeEach(() => xero.reset());
afterAll(() => xero.close());

/** The one request that a call makes. */
async function sentBy(work: () => Promise<unknown>): Promise<SentRequest> {
  await work();
  const [only, ...others] = xero.seen;
  expect(others).toEqual([]);
  if (only === undefined) throw new Error('nothing was sent');
  expect(only.headers.authorization).toBe('Bearer the-token');
  expect(only.headers.accept).toContain('application/json');
  return only;
}

/** As the accounting description sees it, whose paths begin further below. */
function below({ path, ...sent }: SentRequest): SentRequest {
  expect(path.startsWith(BELOW)).toBe(true);
  return { ...sent, path: path.slice(BELOW.length) };
}

describe('what we send fits Xero’s own description', () => {
  test('to the addresses it names', () => {
    const { xeroApi } = valueOf(parseEndpoints({}));
    expect(`${xeroApi}${BELOW}`).toBe(accounting.server);
    expect(xeroApi).toBe(identity.server);
  });

  test.each([
    ['users', 'getUsers', () => api.users(TENANT, call)],
    ['an organisation', 'getOrganisations', () => api.organisation(TENANT, call)],
  ])('for %s, but for the body {} that xero-node adds to a GET', async (_what, operation, work) => {
    const sent = below(await sentBy(work));
    expect(sent.headers['xero-tenant-id']).toMatch(UUID);
    expect([...sent.query]).toEqual([]);
    expect(sent.body).toBe('{}');
    expect(accounting.request(sent)).toEqual({ operation, wrong: ['no body is described'] });
    expect(accounting.request({ ...sent, body: '' }).wrong).toEqual([]);
  });

  test('for an organisation, by the path in the singular, as it is described', async () => {
    const sent = await sentBy(() => api.organisation(TENANT, call));
    expect(sent.path).toBe(`${BELOW}/Organisation`);
    const plural = { ...below(sent), path: '/Organisations' };
    expect(accounting.request(plural).operation).toBeNull();
  });

  test('for a custom connection, which may leave the tenant empty', async () => {
    const { headers } = await sentBy(() => api.users('', call));
    expect(headers['xero-tenant-id']).toBe('');
  });

  test.each([
    ['the connections', 'getConnections', 'GET', () => api.connections(call)],
    [
      'the end of a connection',
      'deleteConnection',
      'DELETE',
      () => api.disconnect(CONNECTION, call),
    ],
  ])(
    'for %s, but for the small letter that Xero’s own libraries write',
    async (_what, operation, method, work) => {
      const sent = await sentBy(work);
      expect(sent).toMatchObject({ method, body: '' });
      expect(sent.headers['xero-tenant-id']).toBeUndefined();
      expect(sent.path).toMatch(/^\/connections(\/|$)/);
      const path = sent.path.replace('/connections', '/Connections');
      expect(identity.request({ ...sent, path })).toEqual({ operation, wrong: [] });
    },
  );
});

test('the check itself finds a wrong request', () => {
  const wrong = (sent: Partial<SentRequest>, description = accounting) =>
    description.request({
      method: 'GET',
      path: '/Users',
      query: new URLSearchParams(),
      headers: { 'xero-tenant-id': TENANT },
      body: '',
      ...sent,
    }).wrong;
  expect(wrong({})).toEqual([]);
  expect(wrong({ headers: {} })).toEqual(['xero-tenant-id is missing']);
  expect(wrong({ query: new URLSearchParams('page=2') })).toEqual([
    "the query's page isn't described",
  ]);
  expect(wrong({ headers: { 'xero-tenant-id': TENANT, 'x-odd': '1' } })).toEqual([
    "x-odd isn't described",
  ]);
  expect(wrong({ method: 'DELETE' })).toEqual(["DELETE /Users isn't described"]);
  const remove = { method: 'DELETE', path: '/Connections/the-tenant', headers: {} };
  expect(wrong(remove, identity)).toEqual(["id isn't as described"]);
});
