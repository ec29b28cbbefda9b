import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, hello, OFFICIAL } from '../sandbox/c1/bench.ts';
import { changeOfficialFile, finish } from '../sandbox/c1/sample-file.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

describe('the pages', () => {
  it('show a new pair once on Rotate, and keep the old one until it is revoked', async () => {
    const old = bench.sandbox.credential;
    const shown = await bench.page('/connectors/baton/rotate', { method: 'POST' });
    const field = (label: string) => {
      const id = new RegExp(`<label for="([^"]+)">${label}</label>`).exec(shown)?.[1] ?? '';
      return new RegExp(`<input id="${id}" readonly value="([^"]+)"`).exec(shown)?.[1] ?? '';
    };
    const fresh = { clientId: field('Client ID'), clientSecret: field('Client secret') };
    expect(fresh.clientId).toMatch(/^[a-z]+-[a-z]+-\d{5}@localhost:\d+\/ccc$/);
    expect(await bench.page('/connectors/baton/edit')).not.toContain(fresh.clientSecret);
    await expect(bench.raw.token(fresh, bench.clock)).resolves.toBeDefined();
    await expect(bench.raw.token(old, bench.clock)).resolves.toBeDefined();
    const body = new URLSearchParams({ clientId: old.clientId });
    await bench.page('/connectors/baton/revoke', { method: 'POST', body });
    await expect(bench.raw.token(old, bench.clock)).rejects.toThrow();
    await expect(bench.raw.token(fresh, bench.clock)).resolves.toBeDefined();
  });

  it('name the app after the first Hello, with everything escaped', async () => {
    expect(await bench.page('/apps')).toContain('>Baton<');
    await (await bench.signIn()).hello(hello());
    const apps = await bench.page('/apps');
    expect(apps).not.toContain('<i>');
    expect(apps).toMatch(/>Xero &(lt|#60);i&(gt|#62);</);
  });

  it('queue one sync for Sync now', async () => {
    await bench.page('/connectors/baton/sync', { method: 'POST' });
    await bench.page('/connectors/baton/sync', { method: 'POST' });
    expect(bench.sandbox.tasks().map(({ kind }) => kind)).toEqual(['sync_full']);
  });

  it('show the accounts and entitlements of the last good upload', async () => {
    expect(await bench.page('/apps/baton/accounts')).toContain('Nothing has been uploaded yet');
    await bench.sync(await bench.signIn(), await changeOfficialFile(OFFICIAL, finish));
    const accounts = await bench.page('/apps/baton/accounts');
    expect(accounts.replace(/\s+/g, ' ')).toContain(
      '<td>User 0000000</td><td>user-0000000@example.com</td><td>Enabled</td>',
    );
    expect(accounts).toContain('<td>Role 0000000</td>');
    expect((await bench.page('/apps/baton/entitlements')).replace(/\s+/g, ' ')).toContain(
      '<td>Assigned</td><td class="number">1</td>',
    );
  });
});

describe('control', () => {
  it('describes the state as JSON and waits for what is still to come', async () => {
    const waiting = bench.sandbox.control('wait', { kind: 'finished' });
    const taskId = await bench.sync(
      await bench.signIn(),
      await changeOfficialFile(OFFICIAL, finish),
    );
    expect(await waiting).toMatchObject({ kind: 'finished', task: { id: taskId, state: 'done' } });
    const state = JSON.stringify(await bench.sandbox.control('state', {}));
    expect(JSON.parse(state)).toMatchObject({
      violations: [],
      uploads: [{ kind: 'access', problems: [], counts: { resources: 79, grants: 1 } }],
    });
    expect(state).not.toContain(bench.sandbox.credential.clientSecret);
  });

  it('refuses unknown paths and bodies that do not fit', async () => {
    await expect(bench.sandbox.control('nothing', {})).rejects.toThrow('no control');
    await expect(bench.sandbox.control('tasks', { kind: 'nothing' })).rejects.toThrow('no kind');
    await expect(bench.sandbox.control('faults/rpc', { rpc: 'Hello' })).rejects.toThrow();
  });
});

describe('the listeners', () => {
  it('answer on IPv4 by address too, and leave nothing listening after close', async () => {
    const { port } = new URL(bench.sandbox.pages);
    expect((await fetch(`http://127.0.0.1:${port}/connectors`)).status).toBe(200);
    await bench.sandbox.close();
    await expect(fetch(`http://127.0.0.1:${port}/connectors`)).rejects.toThrow();
    await expect(bench.raw.post('')).rejects.toThrow();
  });
});
