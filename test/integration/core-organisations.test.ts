import { describe, expect, it } from 'vitest';
import type { Failure } from '../../shared/errors.ts';
import { tell } from '../../shared/history-words.ts';
import type { Loss } from '../../shared/intents.ts';
import { DEMO, DONE, EVERY, HARBOUR, KAURI, openDesk, refused, type Desk } from './core-desk.ts';
import { accessIn, accessOf } from './expected-access.ts';

/** What the window says of what happened, newest first. */
function told({ snapshot: { events } }: Desk): readonly string[] {
  return events.map(({ event }) => tell(event).sentence);
}

/** A sync that came to nothing, why, and that nothing was uploaded. */
async function expectNoUpload(desk: Desk, grpc: number, code: string): Promise<Failure> {
  const uploads = desk.sandbox.c1.uploads().length;
  const task = await desk.syncNow();
  expect(task).toMatchObject({ state: 'failed', outcome: { code: grpc, nonRetryable: false } });
  expect(desk.sandbox.c1.uploads()).toHaveLength(uploads);
  const { sync } = desk.snapshot;
  if (sync.kind !== 'failed') throw new Error('the sync did not fail');
  expect(sync.because).toMatchObject({ code, next: 'chooseOrganisations' });
  return sync.because;
}

async function govern(desk: Desk, names: readonly string[]): Promise<void> {
  const ids = names.map((name) => desk.organisation(name)?.id ?? '');
  expect(await desk.intents.chooseOrganisations({ ids })).toMatchObject(DONE);
}

/** Names of the organisations in what C1 received last. */
function organisationsAtC1(desk: Desk): readonly string[] {
  return (desk.sandbox.c1.access()?.resources ?? [])
    .filter(({ id }) => id?.resourceType === 'org')
    .map(({ displayName }) => displayName)
    .toSorted();
}

async function lossOf(desk: Desk, name: string): Promise<Loss> {
  const loss = await desk.intents.previewLoss({ ids: [desk.organisation(name)?.id ?? ''] });
  if (!loss.ok) throw new Error(loss.failure.message);
  return loss.value;
}

describe('an organisation that drops out', () => {
  it('disconnected: no upload, until the admin lets it go, and then C1 has the rest', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    const before = desk.snapshot.uploaded?.counts;
    desk.sandbox.xero.disconnect(HARBOUR);
    const because = await expectNoUpload(desk, 9, 'organisationMissing');
    expect(because.message).toContain(HARBOUR);
    expect(desk.organisation(HARBOUR)?.state.kind).toBe('missing');
    expect(desk.organisation(KAURI)?.state.kind).toBe('read');

    const loss = await lossOf(desk, HARBOUR);
    await govern(desk, [KAURI, DEMO]);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(organisationsAtC1(desk)).toEqual([DEMO, KAURI]);
    // What was foretold is what C1 lost.
    const after = desk.snapshot.uploaded?.counts;
    expect(loss).toMatchObject({
      organisations: [HARBOUR],
      accounts: (before?.accounts ?? 0) - (after?.accounts ?? 0),
      roles: (before?.roles ?? 0) - (after?.roles ?? 0),
      grants: (before?.grants ?? 0) - (after?.grants ?? 0),
    });
  });

  it('refusing: said with the usual causes, and read again once it lets us in', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    desk.sandbox.world.setState(HARBOUR, { refuses: 'everything' });
    const because = await expectNoUpload(desk, 7, 'xeroForbidden');
    expect(because.message).toContain('trial ended');
    expect(desk.organisation(HARBOUR)?.state).toMatchObject({ kind: 'failed' });
    desk.sandbox.world.setState(HARBOUR, { refuses: 'nothing' });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(organisationsAtC1(desk)).toHaveLength(3);
  });

  it('suspended, its users refused: told in Xero’s own word', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    desk.sandbox.world.setState(HARBOUR, { status: 'SUSPENDED', refuses: 'users' });
    const because = await expectNoUpload(desk, 9, 'organisationSuspended');
    expect(because.message).toContain('“SUSPENDED”');
    await govern(desk, [KAURI, DEMO]);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('suspended, its users still told: uploaded, with a word for reviewers', async () => {
    const desk = await openDesk();
    desk.sandbox.world.setState(HARBOUR, { status: 'SUSPENDED' });
    await desk.settle(EVERY);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(accessIn(desk.sandbox.c1.access())).toEqual(accessOf(desk.sandbox.world));
    const warnings = desk.snapshot.access?.warnings ?? [];
    expect(warnings.filter((text) => text.includes('“SUSPENDED”'))).toHaveLength(1);
  });

  it('a demo company that was reset: the new one is connected and the old one let go', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    const old = desk.organisation(DEMO)?.id ?? '';
    desk.sandbox.xero.resetDemo(DEMO);
    const because = await expectNoUpload(desk, 9, 'demoCompanyReset');
    expect(because.message).toContain('every 28 days');
    expect(because.message).toContain('Connect the new one');

    expect(await desk.signIn(DEMO)).toMatchObject(DONE);
    await desk.until(({ sync }) => sync.kind === 'failed' && sync.for === 'look');
    const all = desk.snapshot.xero.flatMap(({ organisations }) => organisations);
    const anew = all.find(({ name, id }) => name === DEMO && id !== old);
    expect(anew).toMatchObject({ governed: true, state: { kind: 'read' } });
    const ids = all.map(({ id }) => id).filter((id) => id !== old);
    expect(await desk.intents.chooseOrganisations({ ids })).toMatchObject(DONE);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(accessIn(desk.sandbox.c1.access())).toEqual(accessOf(desk.sandbox.world));
    const shown = desk.snapshot.xero.flatMap(({ organisations }) => organisations);
    expect(shown.map(({ id }) => id)).not.toContain(old);
  });

  it('a demo company that was reset, the new one listed already: that one is to be governed', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    desk.sandbox.xero.resetDemo(DEMO, 'connected');
    // The app has known it for a demo company since before its restart.
    await desk.restart();
    const because = await expectNoUpload(desk, 9, 'demoCompanyReset');
    expect(because.message).toContain('govern that one in its place');
  });
});

describe('disconnecting an organisation', () => {
  it('ends that connection alone: C1’s next upload holds the rest', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    const id = desk.organisation(HARBOUR)?.id ?? '';
    expect(await desk.intents.disconnectOrganisation({ id })).toMatchObject(DONE);
    expect(desk.organisation(HARBOUR)).toBeUndefined();
    expect(told(desk)).toContain(`${HARBOUR} was disconnected from Xero`);
    const connected = desk.sandbox.xero.connections(desk.app).map(({ tenantId }) => tenantId);
    expect(connected.toSorted()).toEqual(
      [KAURI, DEMO].map((name) => desk.sandbox.world.organisation(name).id).toSorted(),
    );
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(organisationsAtC1(desk)).toEqual([DEMO, KAURI]);
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);

    await desk.restart();
    expect(desk.organisation(HARBOUR)).toBeUndefined();
    expect(desk.organisation(KAURI)).toMatchObject({ governed: true });
  });

  it('that Xero doesn’t answer changes nothing, and works the next time', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    const id = desk.organisation(HARBOUR)?.id ?? '';
    const fault = { kind: 'reset' } as const;
    desk.sandbox.xero.fail({ endpoint: 'disconnection', fault, times: Infinity });
    const outcome = await desk.intents.disconnectOrganisation({ id });
    expect(outcome).toMatchObject(refused('xeroUnreachable', 'tryAgain'));
    expect(desk.organisation(HARBOUR)).toMatchObject({ governed: true });
    expect(desk.settings.read().governed).toHaveLength(3);
    desk.sandbox.xero.clearFaults();
    expect(desk.sandbox.xero.connections(desk.app)).toHaveLength(3);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(await desk.intents.disconnectOrganisation({ id })).toMatchObject(DONE);
  });

  it('is done though Xero’s answer was lost', async () => {
    const desk = await openDesk();
    await desk.settle([KAURI, HARBOUR]);
    const id = desk.organisation(HARBOUR)?.id ?? '';
    desk.sandbox.xero.fail({ endpoint: 'disconnection', fault: { kind: 'answerLost' } });
    expect(await desk.intents.disconnectOrganisation({ id })).toMatchObject(DONE);
    expect(desk.sandbox.xero.requests('disconnection').map(({ status }) => status)).toEqual([
      null,
      403,
    ]);
    expect(desk.sandbox.xero.connections(desk.app)).toHaveLength(1);
  });

  it('ends it for every sign-in that lists it', async () => {
    const desk = await openDesk();
    await desk.settle([KAURI, HARBOUR]);
    await signInBeside(desk);
    expect(desk.sandbox.xero.connections(desk.app)).toHaveLength(3);
    const id = desk.organisation(KAURI)?.id ?? '';
    expect(await desk.intents.disconnectOrganisation({ id })).toMatchObject(DONE);
    const left = desk.sandbox.xero.connections(desk.app).map(({ tenantId }) => tenantId);
    expect(left).toEqual([desk.sandbox.world.organisation(HARBOUR).id]);
  });
});

describe('an organisation that two sign-ins reach', () => {
  it('is read through the other once the first person may no longer see it', async () => {
    const desk = await openDesk();
    await desk.settle([KAURI]);
    await signInBeside(desk);
    desk.sandbox.world.changeRole(KAURI, 'aroha.ngata@kauri.example', 'READONLY');
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(desk.organisation(KAURI)?.state.kind).toBe('read');
    expect(desk.sandbox.xero.requests('users').at(-1)?.status).toBe(200);

    desk.sandbox.world.changeRole(KAURI, SAMUEL, 'READONLY');
    await expectNoUpload(desk, 7, 'xeroForbidden');
  });
});

describe('connecting another', () => {
  it('says so when the organisation chosen was connected already', async () => {
    const desk = await openDesk();
    await desk.signInFor([KAURI]);
    expect(await desk.signIn(KAURI)).toMatchObject(DONE);
    expect(told(desk)[0]).toContain('Nothing new was connected');
    expect(await desk.signIn(HARBOUR)).toMatchObject(DONE);
    expect(told(desk)[0]).toBe(`${HARBOUR} was connected at Xero`);
    expect(desk.settings.read().governed).toHaveLength(2);
  });
});

describe('what C1 would lose', () => {
  it('isn’t known before Xero was read, and is still known after a restart', async () => {
    const desk = await openDesk();
    const unknown = await desk.intents.previewLoss({ ids: ['any'] });
    expect(unknown).toMatchObject(refused('usage', 'checkXeroNow'));
    await desk.settle(EVERY);
    const loss = await lossOf(desk, HARBOUR);
    expect(loss).toMatchObject({ organisations: [HARBOUR], roles: 6 });
    desk.sandbox.xero.disconnect(HARBOUR);
    await desk.restart();
    expect(await lossOf(desk, HARBOUR)).toEqual(loss);
  });
});

const SAMUEL = 'samuel@ledger-and-light.example';

/** A second person signs in to the same app, for an organisation that is connected already. */
async function signInBeside(desk: Desk): Promise<void> {
  desk.browser.plan = { email: SAMUEL, organisation: KAURI };
  const { clientId } = desk.app;
  expect(await desk.intents.startSignIn({ kind: 'desktop', clientId })).toMatchObject(DONE);
  await desk.until(
    ({ xero }) => xero.length === 2 && xero.every(({ organisations }) => organisations.length > 0),
  );
}
