import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { XeroApi } from '../../../main/xero/api.ts';
import { failureOfAnswer } from '../../../main/xero/failures.ts';
import { createNetwork } from '../../../main/network.ts';
import { makeCertificate } from '../../sandbox/certificate.ts';
import { FakeXero } from './fake-xero.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const TENANT = '11111111-1111-4111-8111-111111111111';
const USERS = '/api.xro/2.0/Users';
const call = { accessToken: 'access-token', signal: new AbortController().signal };

let xero: FakeXero;
let api: XeroApi;
beforeEach(async () => {
  xero = await FakeXero.start();
  api = new XeroApi(xero.endpoints, xero.network);
});
afterEach(() => xero.close());

describe('Xero’s API', () => {
  it('is asked for one organisation’s users with the token and the organisation’s id', async () => {
    const body = { Users: [{ UserID: 'u-ana', GlobalUserID: 'g-ana' }] };
    xero.answers.set(USERS, () => ({ body, headers: { 'X-DayLimit-Remaining': '4999' } }));
    const answer = await api.users(TENANT, call);
    expect(answer.status).toBe(200);
    expect(answer.headers['x-daylimit-remaining']).toBe('4999');
    // xero-node’s own model would have lost the GlobalUserID.
    expect(answer.body).toEqual(body);
    expect(xero.to(USERS)[0]?.headers).toMatchObject({
      authorization: 'Bearer access-token',
      'xero-tenant-id': TENANT,
      accept: 'application/json',
    });
  });

  it('is asked for the organisation itself', async () => {
    const body = { Organisations: [{ OrganisationID: TENANT, Name: 'Harbour Books' }] };
    xero.answers.set('/api.xro/2.0/Organisation', () => ({ body }));
    expect(await api.organisation(TENANT, call)).toMatchObject({ status: 200, body });
  });

  it('is asked for the connections', async () => {
    xero.answers.set('/connections', () => ({ body: [] }));
    expect(await api.connections(call)).toMatchObject({ status: 200, body: [] });
    expect(xero.to('/connections')[0]?.headers.authorization).toBe('Bearer access-token');
  });

  const reads = {
    users: ['users', USERS],
    connections: ['connections', '/connections'],
  } as const;
  const read = (name: keyof typeof reads, signal = call.signal) =>
    name === 'users'
      ? api.users(TENANT, { ...call, signal })
      : api.connections({ ...call, signal });

  describe.each(Object.values(reads))('asked for %s', (name, path) => {
    it('gives an error with its status, headers and body', async () => {
      const body = { Title: 'Unauthorized', Detail: 'TokenExpired: …' };
      xero.answers.set(path, () => ({
        status: 401,
        headers: { 'WWW-Authenticate': 'insufficient_scope', 'Xero-Correlation-Id': 'b3c8' },
        body,
      }));
      expect(await read(name)).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'insufficient_scope', 'xero-correlation-id': 'b3c8' },
        body,
      });
    });

    it('gives an error without a body', async () => {
      xero.answers.set(path, () => ({ status: 503, body: '' }));
      expect((await read(name)).status).toBe(503);
    });

    it('gives no answer when the line breaks', async () => {
      xero.answers.set(path, () => 'hangUp');
      const answer = await read(name);
      expect(failureOfAnswer(answer, 'Xero', NOW).code).toBe('xeroUnreachable');
    });

    it('doesn’t follow a redirect, which would carry the token elsewhere', async () => {
      const elsewhere = '/elsewhere';
      xero.answers.set(path, () => ({ status: 302, headers: { Location: elsewhere }, body: '' }));
      const answer = await read(name);
      expect(answer.status).toBe(302);
      expect(xero.to(elsewhere)).toEqual([]);
    });

    it('ends when it is told to', async () => {
      const asked = new Promise<void>((resolve) => {
        xero.answers.set(path, () => {
          resolve();
          return 'silence';
        });
      });
      const stop = new AbortController();
      const answer = read(name, stop.signal);
      await asked;
      stop.abort();
      expect((await answer).status).toBe(0);
    });
  });

  it('tells a page in HTML, as a hotel’s network sends it, from an answer of Xero', async () => {
    xero.answers.set(USERS, () => ({ body: '<html>Welcome to the hotel</html>' }));
    const answer = await api.users(TENANT, call);
    expect(typeof answer.body).toBe('string');
    expect(JSON.stringify(failureOfAnswer(answer, 'Xero', NOW))).not.toContain('hotel');
  });

  it.each(Object.values(reads))('stops reading %s that are too many', async (name, path) => {
    const small = new XeroApi(xero.endpoints, xero.network, { largestAnswer: 1000 });
    const ask = () => (name === 'users' ? small.users(TENANT, call) : small.connections(call));
    xero.answers.set(path, () => ({ body: ['x'.repeat(900)] }));
    expect((await ask()).status).toBe(200);
    xero.answers.set(path, () => ({ body: ['x'.repeat(1000)] }));
    const answer = await ask();
    expect(failureOfAnswer(answer, 'Harbour Books', NOW)).toMatchObject({
      code: 'xeroAnswerUnreadable',
      message: expect.stringContaining('larger than any list') as string,
    });
  });

  it('trusts the authorities that the network brings, xero-node included', async () => {
    const certificate = await makeCertificate(Date.now());
    const server = createServer(certificate, (_request, response) => {
      response.setHeader('Content-Type', 'application/json').end('{"Users":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const root = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const endpoints = { ...xero.endpoints, xeroApi: root };
      const trusting = new XeroApi(endpoints, createNetwork(certificate.ca));
      expect((await trusting.users(TENANT, call)).status).toBe(200);
      const strict = new XeroApi(endpoints, xero.network);
      expect((await strict.users(TENANT, call)).status).toBe(0);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
