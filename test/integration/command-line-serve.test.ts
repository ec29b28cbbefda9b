import { mkdir, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from './command-line.ts';
import { accessIn, accessOf } from './expected-access.ts';

/** Waits until the upload of a task has begun, which a fault then holds up. */
async function uploadHeldUp(terminal: Terminal): Promise<void> {
  await terminal.sandbox.c1.waitFor('fault', ({ where }) => where.startsWith('UploadAsset'));
}

describe('serve', () => {
  it('syncs when C1 asks, until it is told to stop; a running upload is finished', async () => {
    const terminal = await openTerminal();
    const { c1, world } = terminal.sandbox;
    c1.faults.rpc('UploadAsset').add({ kind: 'delay', ms: 500 }, 1);
    const id = c1.enqueue('sync_full');
    const serving = terminal.start(['serve'], { ...terminal.webApp, ...terminal.c1 });
    await uploadHeldUp(terminal);
    serving.signal('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stdout: 'Stopped.\n' });
    expect(c1.tasks()).toMatchObject([{ id, state: 'done', outcome: { ok: true } }]);
    expect(accessIn(c1.access())).toEqual(accessOf(world));
  });

  it('ends at once at a second signal, though an upload is still running', async () => {
    const terminal = await openTerminal();
    const { c1 } = terminal.sandbox;
    c1.faults.rpc('UploadAsset').add({ kind: 'hang' }, 1);
    const id = c1.enqueue('sync_full');
    const serving = terminal.start(['serve'], { ...terminal.webApp, ...terminal.c1 });
    await uploadHeldUp(terminal);
    serving.signal('SIGTERM');
    serving.signal('SIGINT');
    // 128 and the number of the signal that came second, which the system decides.
    const { code, stdout } = await serving.ended;
    expect([128 + 2, 128 + 15]).toContain(code);
    expect(stdout).toBe('');
    expect(c1.tasks()).toMatchObject([{ id, state: 'running' }]);
  });

  it('killed in mid-upload leaves a file that the next start removes, and does the task anew', async () => {
    const terminal = await openTerminal();
    const { c1 } = terminal.sandbox;
    const temporary = terminal.path('temporary');
    await mkdir(temporary);
    const env = {
      ...terminal.webApp,
      ...terminal.c1,
      BATON_HOST_ID: 'server',
      BATON_C1Z_TEMP_DIR: temporary,
      BATON_XERO_TOKEN_FILE: terminal.path('token.json'),
    };
    c1.faults.rpc('UploadAsset').add({ kind: 'hang' }, 1);
    const id = c1.enqueue('sync_full');
    const killed = terminal.start(['serve'], env);
    await uploadHeldUp(terminal);
    killed.signal('SIGKILL');
    expect(await killed.ended).toMatchObject({ code: null, stdout: '' });
    expect(await readdir(temporary)).toEqual([`${id}.sync.c1z`]);

    const serving = terminal.start(['serve'], env);
    await c1.waitFor('hello', () => c1.events('hello').length === 2);
    expect(await readdir(temporary)).toEqual([]);
    c1.deliverAgain(id);
    const { task } = await c1.waitFor('finished');
    expect(task).toMatchObject({ id, deliveries: 2, outcome: { ok: true } });
    expect(c1.uploads()).toHaveLength(1);
    serving.signal('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0 });
    expect(await readdir(temporary)).toEqual([]);
  });

  it('ends with 16 when C1 rejects the credential', async () => {
    const terminal = await openTerminal();
    terminal.sandbox.c1.revoke(terminal.sandbox.c1.credential.clientId);
    const ended = await terminal.run(['serve'], { ...terminal.webApp, ...terminal.c1 });
    expect(ended).toMatchObject({ code: 16, stdout: '' });
    expect(ended.stderr).toContain('C1 doesn’t accept this credential');
    expect(terminal.sandbox.xero.requests()).toEqual([]);
  });
});

describe('check', () => {
  it('says whom C1 and Xero know, without a Hello, and spends no token for good', async () => {
    const terminal = await openTerminal();
    const { c1, xero } = terminal.sandbox;
    const env = { ...terminal.webApp, ...terminal.c1, BATON_XERO_TOKEN_FILE: 'token.json' };
    const { code, stdout } = await terminal.run(['check'], env);
    expect(code).toBe(0);
    expect(stdout).toContain(`C1 at ${c1.host} accepts ${c1.credential.clientId}.`);
    expect(stdout).toContain('Kauri & Co Limited');
    expect(c1.events('token')).toMatchObject([{ refused: null }]);
    expect([...c1.events('hello'), ...c1.events('poll')]).toEqual([]);

    xero.ageRefreshTokens(31 * 60_000);
    const again = await terminal.run(['check', '--json'], env);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      c1: { host: c1.host, clientId: c1.credential.clientId },
      organisations: terminal.sandbox.world.organisations.map(({ id, name }) => ({ id, name })),
    });
  });

  it('spends no refresh token that it couldn’t keep', async () => {
    const terminal = await openTerminal();
    const ended = await terminal.run(['check'], { ...terminal.webApp, ...terminal.c1 });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('Set --token-file');
    expect(terminal.sandbox.xero.requests()).toEqual([]);
  });

  it('ends with 14 when C1 can’t be reached, and with 16 when it rejects the credential', async () => {
    const terminal = await openTerminal();
    const { c1 } = terminal.sandbox;
    const env = { ...terminal.customConnection, ...terminal.c1 };
    const nowhere = { ...env, BATON_C1_API_HOST: 'localhost:9' };
    const unreachable = await terminal.run(['check'], nowhere);
    expect(unreachable).toMatchObject({ code: 14, stdout: '' });
    expect(unreachable.stderr).toContain('C1 can’t be reached');
    c1.revoke(c1.credential.clientId);
    expect(await terminal.run(['check'], env)).toMatchObject({ code: 16, stdout: '' });
  });
});
