import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { REDIRECT_URIS } from '../../shared/words.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));

const FirstLine = z.object({
  env: z.record(z.string(), z.string()),
  pages: z.object({ xero: z.url(), c1: z.url() }),
  control: z.url(),
  xeroDesktopClientId: z.string(),
});

let child: ChildProcessWithoutNullStreams | undefined;
let sandbox: Sandbox | undefined;

afterEach(async () => {
  child?.kill('SIGKILL');
  await sandbox?.close();
  child = undefined;
  sandbox = undefined;
});

async function startProcess(...args: readonly string[]) {
  const started = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], { cwd: ROOT });
  child = started;
  const exited = once(started, 'exit');
  for await (const line of createInterface(started.stdout)) {
    return { started, exited, first: FirstLine.parse(JSON.parse(line)) };
  }
  throw new Error('the sandbox said nothing');
}

async function post(control: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${control}/${path}`, { method: 'POST', body: JSON.stringify(body) });
}

describe('npm run sandbox', () => {
  test('says on its first line all that the command line needs, and stops with its input', async () => {
    const { started, exited, first } = await startProcess('--orgs', '4', '--users', '60');
    const { env } = first;
    const token = await fetch(`${env['XERO_IDENTITY_URL'] ?? ''}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: env['BATON_XERO_CLIENT_ID'] ?? '',
        client_secret: env['BATON_XERO_CLIENT_SECRET'] ?? '',
        refresh_token: env['BATON_REFRESH_TOKEN'] ?? '',
      }),
    });
    const { access_token } = z.object({ access_token: z.string() }).parse(await token.json());
    const headers = { authorization: `Bearer ${access_token}` };
    const connections = await fetch(`${env['XERO_API_URL'] ?? ''}/connections`, { headers });
    expect(await connections.json()).toHaveLength(4);

    const caFile = env['NODE_EXTRA_CA_CERTS'] ?? '';
    const port = Number(/@localhost:(\d+)\//.exec(env['BATON_CLIENT_ID'] ?? '')?.[1]);
    const ca = await readFile(caFile, 'utf8');
    const socket = connect({ host: 'localhost', port, ca, ALPNProtocols: ['h2'] });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(socket.alpnProtocol).toBe('h2');
    socket.destroy();

    started.stdin.end();
    expect(await exited).toEqual([0, null]);
    expect(existsSync(caFile)).toBe(false);
  });

  test('stops when it is told to', async () => {
    const { started, exited, first } = await startProcess();
    started.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(existsSync(first.env['NODE_EXTRA_CA_CERTS'] ?? '')).toBe(false);
  });
});

describe('the composed sandbox', () => {
  test('has a desktop app with the product’s own redirect URIs', async () => {
    sandbox = await startSandbox();
    expect(sandbox.xero.desktopApp.redirectUris).toEqual(REDIRECT_URIS);
    const page = await (await fetch(sandbox.pages.xero)).text();
    expect(page).toContain(sandbox.xero.desktopApp.clientId);
    expect(page).toContain('Kauri &#38; Co Limited');
  });

  test('shows no secret on its Xero page', async () => {
    sandbox = await startSandbox();
    const page = await (await fetch(sandbox.pages.xero)).text();
    expect(page).not.toContain(sandbox.xero.webApp.secret);
    expect(page).not.toContain(sandbox.xero.customConnection.secret);
  });

  test('its control changes people’s access', async () => {
    const { control, world } = (sandbox = await startSandbox());
    const organisation = 'Kauri & Co Limited';
    const person = 'zoe@kauri.example';
    await post(control, 'world/change-role', { organisation, person, role: 'STANDARD' });
    expect(world.user(organisation, person).role).toBe('STANDARD');
    const added = { organisation, role: 'READONLY', firstName: 'New', email: 'new@example.com' };
    await post(control, 'world/add-person', added);
    expect(world.user(organisation, 'new@example.com').firstName).toBe('New');
    await post(control, 'world/remove-person', { organisation, person });
    expect(() => world.user(organisation, person)).toThrow();
    await post(control, 'world/restore-person', { organisation, person, role: 'READONLY' });
    expect(world.user(organisation, person).role).toBe('READONLY');
  });

  test('its control makes Xero fail', async () => {
    const { control, xero } = (sandbox = await startSandbox());
    const fault = { kind: 'status', status: 503 };
    await post(control, 'xero/fail', { endpoint: 'discovery', fault, times: 2 });
    const discovery = `${xero.roots.identity}/.well-known/openid-configuration`;
    expect((await fetch(discovery)).status).toBe(503);
    await post(control, 'xero/clear-faults', {});
    expect((await fetch(discovery)).status).toBe(200);
    await post(control, 'xero/disconnect', { organisation: 'Harbour Lane Cafés' });
    expect(xero.connections(xero.webApp)).toHaveLength(2);
    const state: unknown = await (await fetch(`${control}/state`)).json();
    expect(state).toMatchObject({ requests: { discovery: 2 } });
  });

  test('its control enqueues tasks at C1', async () => {
    const { control } = (sandbox = await startSandbox());
    const answer = await post(control, 'c1/tasks', { kind: 'sync_full' });
    const { id } = z.object({ id: z.string() }).parse(await answer.json());
    const state: unknown = await (await fetch(`${control}/state`)).json();
    expect(state).toMatchObject({ c1: { tasks: [{ id }] } });
  });

  test('its control refuses what it can’t do, and says why', async () => {
    const { control } = (sandbox = await startSandbox());
    const unknown = await post(control, 'xero/explode', {});
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toEqual({ error: 'there is no command "xero/explode"' });
    const nobody = { organisation: 'Kauri & Co Limited', person: 'nobody', role: 'STANDARD' };
    expect((await post(control, 'world/change-role', nobody)).status).toBe(400);
  });
});
