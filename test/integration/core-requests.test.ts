import { describe, expect, it } from 'vitest';
import { Capability } from '../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import type { EventOf } from '../sandbox/c1/journal.ts';
import { DONE, KAURI, openDesk, type Desk } from './core-desk.ts';

/** C1's requests through the whole core: real sockets to a Xero in which somebody clicks, and to a C1 that waits. */

const ZOE = 'zoe@kauri.example';
const ON = { requests: true } as const;

function role(desk: Desk, slug: string) {
  const { id } = desk.sandbox.world.organisation(KAURI);
  const resource = { id: { resourceType: 'role', resource: `${id}/${slug}` } };
  return { id: `role:${id}/${slug}:assigned`, slug: 'assigned', resource };
}

/** Zoe as C1 knows her: by the id of a sync. */
function zoe(desk: Desk) {
  const { personId } = desk.sandbox.world.user(KAURI, ZOE);
  return { id: { resourceType: 'user', resource: personId }, displayName: 'Zoe' };
}

async function deskWithRequests(): Promise<Desk> {
  const desk = await openDesk();
  await desk.settle();
  expect(await desk.intents.changeSettings(ON)).toMatchObject(DONE);
  return desk;
}

async function opened(desk: Desk) {
  const { inbox } = await desk.until((snapshot) => snapshot.inbox.requests.length > 0);
  const [request] = inbox.requests;
  if (request === undefined) throw new Error('no request');
  return request;
}

/** What C1 is told of the types of resource, and nothing of it while requests are off. */
function declaresRequests({ request }: EventOf<'hello'>): boolean {
  const types = request.connectorMetadata?.capabilities?.resourceTypeCapabilities ?? [];
  const can = (id: string, capability: Capability) =>
    types.some((type) => type.resourceType?.id === id && type.capabilities.includes(capability));
  return (
    can('role', Capability.PROVISION) &&
    can('org', Capability.PROVISION) &&
    can('user', Capability.ACCOUNT_PROVISIONING) &&
    can('user', Capability.RESOURCE_DELETE)
  );
}

describe('a request of C1’s', () => {
  it('is declared once the admin turned requests on, and not before', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    const asked = { entitlement: role(desk, 'readonly'), principal: zoe(desk) };
    const refused = await desk.finished(c1.enqueue('grant', asked));
    expect(refused.outcome).toMatchObject({ ok: false, code: 9 });
    expect(c1.events('hello').filter(declaresRequests)).toEqual([]);
    await desk.intents.changeSettings(ON);
    await c1.waitFor('hello', declaresRequests);
    const request = c1.enqueue('grant', asked);
    expect(await opened(desk)).toMatchObject({ task: 'changeRole', end: null });
    desk.sandbox.world.changeRole(KAURI, ZOE, 'READONLY');
    await desk.intents.checkXeroNow();
    expect((await desk.finished(request)).outcome).toMatchObject({ ok: true });
  });

  it('is answered once Xero shows it, and the next sync brings it to C1', async () => {
    const desk = await deskWithRequests();
    const { c1, world } = desk.sandbox;
    const wanted = role(desk, 'readonly');
    const task = c1.enqueue('grant', { entitlement: wanted, principal: zoe(desk) });
    const request = await opened(desk);
    expect(request).toMatchObject({ person: { email: ZOE }, places: [{ asked: 'Read only' }] });
    await desk.intents.checkXeroNow();
    await desk.until(
      ({ inbox }) => inbox.requests[0]?.check.found?.includes('Xero still shows') === true,
    );
    world.changeRole(KAURI, ZOE, 'READONLY');
    await desk.intents.checkXeroNow();
    expect((await desk.finished(task)).outcome).toMatchObject({ ok: true });
    await desk.until(({ inbox }) => inbox.requests[0]?.end?.kind === 'done');
    await desk.syncNow();
    const given = c1.access()?.grants.filter(({ entitlement }) => entitlement?.id === wanted.id);
    const holders = given?.map(({ principal }) => principal?.id?.resource);
    expect(holders).toContain(zoe(desk).id.resource);
    expect(c1.violations()).toEqual([]);
  });

  it('holds no slot: with twenty open, syncs go on', async () => {
    const desk = await deskWithRequests();
    const { c1, world } = desk.sandbox;
    for (let more = 0; more < 20; more += 1) {
      const email = `temp${more}@kauri.example`;
      world.addPerson(KAURI, { role: 'STANDARD', firstName: `Temp ${more}`, email });
    }
    const people = world
      .organisation(KAURI)
      .users.filter(({ firstName }) => firstName?.startsWith('Temp '));
    for (const user of people) {
      const principal = { id: { resourceType: 'user', resource: user.personId } };
      c1.enqueue('grant', { entitlement: role(desk, 'readonly'), principal });
    }
    await desk.until(({ inbox }) => inbox.requests.length === 20);
    expect((await desk.syncNow()).outcome).toMatchObject({ ok: true });
    expect(desk.snapshot.inbox.requests.filter(({ end }) => end === null)).toHaveLength(20);
  });

  it('goes on after a restart', async () => {
    const desk = await deskWithRequests();
    const { c1, world } = desk.sandbox;
    const task = c1.enqueue('revoke', {
      grant: { id: '🧸_UNKNOWN_GRANT_ID', entitlement: member(desk), principal: zoe(desk) },
    });
    await opened(desk);
    await desk.restart();
    await desk.until(
      ({ inbox, c1: state }) => inbox.requests.length === 1 && state.kind === 'connected',
    );
    world.removePerson(KAURI, ZOE);
    await desk.intents.checkXeroNow();
    expect((await desk.finished(task)).outcome).toMatchObject({ ok: true });
    expect(c1.violations()).toEqual([]);
  });

  it('is carried over a rotation of C1’s credential', async () => {
    const desk = await deskWithRequests();
    const { c1, world } = desk.sandbox;
    const task = c1.enqueue('grant', { entitlement: role(desk, 'readonly'), principal: zoe(desk) });
    await opened(desk);
    const { clientId, clientSecret } = c1.rotate();
    const pasted = `${clientId}\n${clientSecret}`;
    await desk.intents.rotate({ move: 'add', pasted, hostConfirmed: false });
    await desk.until(({ rotation }) => rotation.kind === 'asking');
    expect(await desk.intents.rotate({ move: 'answer', connector: 'same' })).toMatchObject(DONE);
    world.changeRole(KAURI, ZOE, 'READONLY');
    await desk.intents.checkXeroNow();
    expect((await desk.finished(task)).outcome).toMatchObject({ ok: true });
    expect(c1.violations()).toEqual([]);
  });

  it('is declined with the admin’s words', async () => {
    const desk = await deskWithRequests();
    const { c1 } = desk.sandbox;
    const task = c1.enqueue('grant', { entitlement: role(desk, 'readonly'), principal: zoe(desk) });
    const { id } = await opened(desk);
    const move = { move: 'decline', id, reason: 'Not before the audit.' } as const;
    expect(await desk.intents.request(move)).toMatchObject(DONE);
    expect((await desk.finished(task)).outcome).toMatchObject({ ok: false, code: 9 });
  });

  it('ends for all that is open when the admin turns requests off', async () => {
    const desk = await deskWithRequests();
    const { c1 } = desk.sandbox;
    const task = c1.enqueue('grant', { entitlement: role(desk, 'readonly'), principal: zoe(desk) });
    await opened(desk);
    await desk.intents.changeSettings({ requests: false });
    expect((await desk.finished(task)).outcome).toMatchObject({ ok: false, code: 9 });
  });
});

function member(desk: Desk) {
  const { id } = desk.sandbox.world.organisation(KAURI);
  const resource = { id: { resourceType: 'org', resource: id } };
  return { id: `org:${id}:member`, slug: 'member', resource };
}
