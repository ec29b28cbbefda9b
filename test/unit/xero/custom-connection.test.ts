import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { XeroApi } from '../../../main/xero/api.ts';
import { openReader } from '../../../main/xero/custom-connection.ts';
import { Governor } from '../../../main/xero/governor.ts';
import { FixedToken } from '../../../main/xero/tokens.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { HARBOUR } from '../connector/snapshots.ts';
import { FakeXero, type Reply } from './fake-xero.ts';

const ORGANISATION = '/api.xro/2.0/Organisation';
const USERS = '/api.xro/2.0/Users';
const never = new AbortController().signal;

let xero: FakeXero;
beforeEach(async () => {
  xero = await FakeXero.start();
  answers({ body: { Organisations: [{ OrganisationID: HARBOUR, Name: 'Harbour Books' }] } });
  xero.answers.set(USERS, () => ({
    headers: { 'X-DayLimit-Remaining': '987' },
    body: { Users: [{ UserID: 'u-ana' }] },
  }));
});
afterEach(() => xero.close());

function answers(reply: Reply): void {
  xero.answers.set(ORGANISATION, () => reply);
}

function reading(kind: 'custom' | 'web' = 'custom') {
  const clock = new FakeClock();
  return openReader(kind, {
    api: new XeroApi(xero.endpoints, xero.network),
    tokens: new FixedToken('access'),
    governor: new Governor({ clock, random: steady }),
    clock,
    random: steady,
    log: new KeptLog(),
  });
}

async function theOnlyOne(reader = reading()) {
  const { connections, leftOut } = valueOf(await reader.connections('look', never));
  expect(leftOut).toBe(0);
  const [only, ...others] = connections;
  expect(others).toEqual([]);
  if (only === undefined) throw new Error('no organisation');
  return only;
}

describe('what a custom connection reaches', () => {
  it('is one organisation under its own id, learnt without Xero’s list', async () => {
    expect(await theOnlyOne()).toEqual({ id: '', tenantId: HARBOUR, name: 'Harbour Books' });
    expect(xero.to('/connections')).toEqual([]);
  });

  it('is read and counted by that id, while no call names a tenant', async () => {
    const reader = reading();
    const access = valueOf(await reader.organisation(await theOnlyOne(reader), 'look', never));
    expect(access).toMatchObject({ tenantId: HARBOUR, organisation: { id: HARBOUR } });
    expect(reader.day(HARBOUR)).toMatchObject({ left: 987 });
    const asked = [...xero.to(ORGANISATION), ...xero.to(USERS)];
    expect(asked.map(({ headers }) => headers['xero-tenant-id'] ?? '')).toEqual(['', '', '']);
  });

  it('takes two calls for each later read: who it is, and who has access', async () => {
    const reader = reading();
    const only = await theOnlyOne(reader);
    await reader.organisation(only, 'look', never);
    const before = xero.seen.length;
    await reader.organisation(await theOnlyOne(reader), 'look', never);
    expect(xero.seen.length - before).toBe(2);
  });

  it('may have no name', async () => {
    answers({ body: { Organisations: [{ OrganisationID: HARBOUR }] } });
    expect((await theOnlyOne()).name).toBe('An organisation without a name');
  });

  it.each<[string, Reply, string, string]>([
    ['it was never authorised', { status: 403, body: {} }, 'xeroForbidden', 'has to authorise it'],
    [
      'its scope is missing',
      { status: 401, headers: { 'WWW-Authenticate': 'insufficient_scope' }, body: {} },
      'xeroScopeMissing',
      'Add the scope',
    ],
    ['its token is refused', { status: 401, body: {} }, 'xeroSignedOut', 'paid for'],
    ['the answer is of another form', { body: { Organisations: [] } }, 'xeroAnswerUnreadable', ''],
  ])('is told in a custom connection’s words when %s', async (_when, reply, code, says) => {
    answers(reply);
    const failure = failureOf(await reading().connections('look', never));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(says);
  });

  it('is told so of the people in it too', async () => {
    const reader = reading();
    const only = await theOnlyOne(reader);
    xero.answers.set(USERS, () => ({ status: 401, body: { Detail: 'AuthorizationUnsuccessful' } }));
    const failure = failureOf(await reader.organisation(only, 'look', never));
    expect(failure.message).toContain('This custom connection may not read users');
  });
});

describe('what an app of another kind reaches', () => {
  it('is what Xero’s list says', async () => {
    xero.answers.set('/connections', () => ({ body: [] }));
    expect(valueOf(await reading('web').connections('look', never)).connections).toEqual([]);
    expect(xero.to(ORGANISATION)).toEqual([]);
  });
});
