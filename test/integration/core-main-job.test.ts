import { describe, expect, it } from 'vitest';
import { inThread } from '../../main/c1z/worker-run.ts';
import { WorkerWriter } from '../../main/c1z/worker-writer.ts';
import { systemClock } from '../../main/clock.ts';
import { DONE, EVERY, HARBOUR, KAURI, openDesk, WORKER } from './core-desk.ts';
import { accessIn, accessOf } from './expected-access.ts';
import { rawTables } from './raw-tables.ts';

describe('the main job', () => {
  it('brings all access of three organisations to C1: one consent each, then the credential', async () => {
    const desk = await openDesk({
      c1: { autoSync: true },
      writer: new WorkerWriter(inThread(WORKER), systemClock),
    });
    const { sandbox } = desk;
    expect(desk.snapshot).toMatchObject({ setup: 'xero', xero: [], c1: { kind: 'none' } });

    await desk.signInFor(EVERY);
    expect(desk.snapshot.xero).toHaveLength(1);
    expect(desk.snapshot).toMatchObject({
      setup: 'organisations',
      xero: [{ who: { name: 'Aroha Ngata' }, state: { kind: 'signedIn' } }],
    });
    expect(await desk.browser.tab).toContain('Signed in to Xero');

    const ids = EVERY.map((name) => desk.organisation(name)?.id ?? '');
    expect(await desk.intents.chooseOrganisations({ ids })).toMatchObject(DONE);
    expect(await desk.connectC1()).toMatchObject(DONE);
    expect(desk.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { host: sandbox.c1.host },
    });

    const { task } = await sandbox.c1.waitFor('finished');
    expect(task).toMatchObject({ kind: 'sync_full', state: 'done', outcome: { ok: true } });
    expect(accessIn(sandbox.c1.access())).toEqual(accessOf(sandbox.world));
    const { uploaded } = await desk.until(({ sync }) => sync.kind === 'done' && sync.for === 'c1');
    expect(uploaded).toMatchObject({
      bytes: sandbox.c1.uploads()[0]?.bytes,
      counts: {
        organisations: 3,
        accounts: sandbox.c1.access()?.resources.filter(({ id }) => id?.resourceType === 'user')
          .length,
        grants: sandbox.c1.access()?.grants.length,
      },
    });
    expect(sandbox.c1.violations()).toEqual([]);
  });

  it('sends the same rows and blobs for the same access, whatever order Xero answers in', async () => {
    const desk = await openDesk({ writer: new WorkerWriter(inThread(WORKER), systemClock) });
    const { sandbox } = desk;
    await desk.settle(EVERY);
    await desk.syncNow();
    sandbox.world.reverseOrder();
    await desk.syncNow();

    const [first, second] = sandbox.c1.uploads();
    const tables = await rawTables(first?.file ?? '');
    expect(await rawTables(second?.file ?? '')).toEqual(tables);
    expect(tables['v1_grants']?.rows).toHaveLength(accessOf(sandbox.world).grants.length);
    expect(first?.sha256).not.toBe(second?.sha256);
  });

  it('brings what has changed in Xero with the next sync', async () => {
    const desk = await openDesk();
    const { world, c1 } = desk.sandbox;
    await desk.settle(EVERY);
    await desk.syncNow();
    world.changeRole(KAURI, 'zoe@kauri.example', 'STANDARD');
    world.removePerson(HARBOUR, 'maeve@harbourlane.example');
    world.addPerson(KAURI, { role: 'READONLY', firstName: 'Ines', email: 'ines@kauri.example' });
    await desk.syncNow();
    expect(accessIn(c1.access())).toEqual(accessOf(world));
  });

  it('goes on after a restart without a sign-in, and says from the start what it knew', async () => {
    const desk = await openDesk();
    const { c1, xero } = desk.sandbox;
    await desk.settle(EVERY);
    await desk.intents.goToStep({ step: 'done' });
    await desk.syncNow();
    const { uploaded } = await desk.until((snapshot) => snapshot.uploaded !== null);
    const authorized = xero.requests('authorize').length;

    await desk.restart();
    expect(desk.snapshot).toMatchObject({
      setup: 'done',
      uploaded,
      xero: [{ who: { name: 'Aroha Ngata' }, state: { kind: 'signedIn' } }],
    });
    expect(desk.snapshot.xero[0]?.organisations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...EVERY]),
    );
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(c1.uploads()).toHaveLength(2);
    expect(xero.requests('authorize')).toHaveLength(authorized);
    expect(desk.browser.opened).toHaveLength(EVERY.length);
    expect(c1.violations()).toEqual([]);
  });
});
