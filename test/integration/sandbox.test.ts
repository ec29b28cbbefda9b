import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { REDIRECT_URIS } from '../../shared/words.ts';
import { listenOnLoopback } from '../sandbox/listen.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { World } from '../sandbox/world.ts';
import { freePorts } from './core-surroundings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));
const PROGRAM = [process.execPath, '--import', 'tsx', MAIN] as const;

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

const State = z.object({
  organisations: z.array(z.object({ id: z.string(), name: z.string(), people: z.int() })),
});

function startProcess(...args: readonly string[]) {
  return start([...PROGRAM, ...args]);
}

async function runToTheEnd(...args: readonly string[]) {
  const [node, ...rest] = PROGRAM;
  const ended = spawn(node, [...rest, ...args], { cwd: ROOT });
  const closed = once(ended, 'close');
  const [stdout, stderr] = await Promise.all([text(ended.stdout), text(ended.stderr)]);
  await closed;
  return { code: ended.exitCode, stdout, stderr };
}

/** The first of so many ports in a row that were free a moment ago. */
async function freeRow(count: number): Promise<number> {
  for (;;) {
    const [first = 0] = await freePorts(1);
    const row = Array.from({ length: count }, (_, index) => first + index);
    const taken = await Promise.allSettled(row.map((port) => listenOnLoopback(() => null, port)));
    for (const one of taken) if (one.status === 'fulfilled') await one.value.close();
    if (taken.every(({ status }) => status === 'fulfilled')) return first;
  }
}

/** Starts a sandbox; its first line must be the JSON. */
async function start([program, ...args]: readonly [string, ...string[]]) {
  const started = spawn(program, args, { cwd: ROOT });
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

  test('prints nothing before that line through npm either, when it is asked to be silent', async () => {
    const { started, exited } = await start(['npm', 'run', '-s', 'sandbox']);
    started.stdin.end();
    expect(await exited).toEqual([0, null]);
  });

  test('gives the same world for the same seed, with as many people and organisations as asked', async () => {
    const flags = ['--orgs', '2', '--users', '7'];
    const told = [];
    for (const seed of ['5', '5', '6']) {
      const { started, exited, first } = await startProcess('--seed', seed, ...flags);
      const { organisations } = State.parse(await (await fetch(`${first.control}/state`)).json());
      told.push({ organisations, clientId: first.xeroDesktopClientId });
      started.stdin.end();
      await exited;
    }
    const world = new World({ seed: 5, orgs: 2, users: 7 });
    const made = world.organisations.map(({ id, name, users }) => ({
      id,
      name,
      people: users.length,
    }));
    expect(told[0]?.organisations).toEqual(made);
    expect(told[1]).toEqual(told[0]);
    expect(told[2]?.organisations.map(({ id }) => id)).not.toEqual(made.map(({ id }) => id));
    expect(told[2]?.clientId).not.toBe(told[0]?.clientId);
  });

  test('takes four ports in a row from the one it is given', async () => {
    const port = await freeRow(4);
    const { started, exited, first } = await startProcess('--port', String(port));
    expect(first.pages.xero).toBe(`http://localhost:${port}/`);
    expect(first.env['XERO_API_URL']).toBe(`http://localhost:${port}/api`);
    expect(first.control).toBe(`http://localhost:${port + 1}`);
    expect(first.env['BATON_CLIENT_ID']).toContain(`@localhost:${port + 2}/`);
    expect(first.pages.c1).toBe(`http://localhost:${port + 3}`);
    for (const page of Object.values(first.pages)) expect((await fetch(page)).ok).toBe(true);

    const second = await runToTheEnd('--port', String(port));
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/^sandbox: --port \d+ needs .*: name another, or 0.*\n$/);
    started.stdin.end();
    await exited;
  });

  test('refuses a wrong flag in one line that says what is right', async () => {
    expect(await runToTheEnd('--port', 'abc')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sandbox: --port takes a whole number from 0 to 65532, and was given "abc".\n',
    });
  });

  test('waits for requests as long as it is told', async () => {
    const { started, exited, first } = await startProcess('--request-life', '60');
    const life = await post(first.control, 'c1/requests/life', { heartbeats: 'accept' });
    expect(await life.json()).toEqual({ ms: 60_000, heartbeats: 'accept', afterwards: 'gone' });
    const refused = await post(first.control, 'c1/requests/life', { ms: 0 });
    expect(refused.status).toBe(400);
    started.stdin.end();
    expect(await exited).toEqual([0, null]);
    const wrong = await runToTheEnd('--request-life', '0');
    expect(wrong.stderr).toContain('--request-life takes a whole number from 1 to 86400');
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

  test('its control does what people do on Xero’s Users page', async () => {
    const { control, world } = (sandbox = await startSandbox());
    const organisation = 'Kauri & Co Limited';
    const email = 'rangi@kauri.example';
    const invited = { organisation, firstName: 'Rangi', lastName: 'Tane', email, role: 'READONLY' };
    const sent: unknown = await (await post(control, 'xero/invite', invited)).json();
    const pending: unknown = await (await post(control, 'xero/pending', { organisation })).json();
    expect(pending).toMatchObject([{ email, role: 'READONLY' }]);
    expect(() => world.user(organisation, email)).toThrow();
    const { id } = z.object({ id: z.string() }).parse(sent);
    await post(control, 'xero/accept', { invitation: id });
    const { userId } = world.user(organisation, email);
    await post(control, 'xero/change-role', { organisation, person: email, role: 'STANDARD' });
    expect(world.user(organisation, email)).toMatchObject({ userId, role: 'STANDARD' });
    await post(control, 'xero/remove', { organisation, person: email });
    expect(() => world.user(organisation, email)).toThrow();
    const payer = { organisation, person: 'aroha.ngata@kauri.example' };
    const refused = await post(control, 'xero/remove', payer);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('transfer the subscription first');
  });

  test('its control says why C1 asks nothing of a connector that never said what it does', async () => {
    const { control } = (sandbox = await startSandbox());
    const wanted = { account: 'zoe@kauri.example', entitlement: 'Standard in Kauri & Co Limited' };
    const refused = await post(control, 'c1/requests/access', wanted);
    expect(await refused.json()).toEqual({
      error: 'C1 has no accounts yet: nothing was uploaded.',
    });
    const { requests } = z
      .object({ requests: z.array(z.unknown()) })
      .parse(await (await post(control, 'c1/requests', {})).json());
    expect(requests).toEqual([]);
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

  test('its control lists every command, C1’s too', async () => {
    const { control } = (sandbox = await startSandbox());
    const { commands } = z
      .object({ commands: z.array(z.string()) })
      .parse(await (await fetch(control)).json());
    const some = ['world/add-person', 'xero/fail', 'c1/tasks', 'c1/tasks/cancel', 'c1/faults/rpc'];
    expect(commands).toEqual(expect.arrayContaining(some));
    for (const path of commands) {
      // Whatever it makes of this body, it knows the command.
      const answer: unknown = await (await post(control, path, 'no body of any command')).json();
      expect(JSON.stringify(answer)).not.toMatch(/no (command|control)/);
    }
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
