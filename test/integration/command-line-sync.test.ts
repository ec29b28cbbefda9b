import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readHere } from '../unit/c1z/reading.ts';
import { openTerminal, type Terminal } from './command-line.ts';
import { accessInFile, accessOf } from './expected-access.ts';

const KAURI = 'Kauri & Co Limited';

async function readBack(terminal: Terminal, name = 'sync.c1z') {
  const read = await readHere(terminal.path(name));
  if (!read.ok) throw new Error(read.failure.message);
  return accessInFile(read.value);
}

/** The events of a log in JSON, a line each. */
function eventsOf(log: string): readonly string[] {
  const lines = log.trimEnd().split('\n');
  return lines.map((line) => z.object({ event: z.string() }).parse(JSON.parse(line)).event);
}

/** A sync that succeeds, with nothing to tell but what is worth a look. */
async function expectSync(terminal: Terminal, env: Readonly<Record<string, string>>) {
  const { code, stderr } = await terminal.run(['sync'], env);
  expect({ code, events: eventsOf(stderr) }).toEqual({ code: 0, events: ['access.warnings'] });
}

describe('sync', () => {
  it('writes what the clouds’ people may do to a file for its owner alone, in words on stdout', async () => {
    const terminal = await openTerminal();
    const { code, stdout, stderr } = await terminal.run(['sync'], terminal.webApp);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Wrote sync\.c1z: 3 organisations, \d+ accounts, 18 roles/);
    expect(await readBack(terminal)).toEqual(accessOf(terminal.sandbox.world));
    expect((await stat(terminal.path('sync.c1z'))).mode & 0o777).toBe(0o600);
    expect(eventsOf(stderr)).toEqual(['xero.tokenSpent', 'access.warnings']);
    expect(terminal.sandbox.c1.events('token')).toEqual([]);
  });

  it('tells a machine the same with --json, and writes where --file says', async () => {
    const terminal = await openTerminal();
    const args = ['sync', '--json', '-f', 'access.c1z'];
    const { code, stdout } = await terminal.run(args, terminal.webApp);
    expect(code).toBe(0);
    const { accounts, grants } = accessOf(terminal.sandbox.world);
    expect(JSON.parse(stdout)).toMatchObject({
      file: terminal.path('access.c1z'),
      organisations: 3,
      accounts: accounts.length,
      grants: grants.length,
    });
    expect(await readBack(terminal, 'access.c1z')).toEqual(accessOf(terminal.sandbox.world));
  });

  it('is what happens without a command when there is no C1 credential', async () => {
    const terminal = await openTerminal();
    expect(await terminal.run([], terminal.desktopApp)).toMatchObject({ code: 0 });
    expect(await readBack(terminal)).toEqual(accessOf(terminal.sandbox.world));
  });

  it('reads the one organisation of a custom connection', async () => {
    const terminal = await openTerminal();
    const { code, stdout, stderr } = await terminal.run(['sync'], terminal.customConnection);
    expect({ code, events: eventsOf(stderr) }).toEqual({ code: 0, events: ['access.warnings'] });
    expect(stdout).toContain('1 organisations');
    expect((await readBack(terminal)).organisations).toEqual([
      expect.stringContaining(KAURI) as unknown,
    ]);
  });

  it('takes an access token for one run', async () => {
    const terminal = await openTerminal();
    const { xero } = terminal.sandbox;
    const answer = await fetch(`${xero.roots.identity}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: xero.desktopApp.clientId,
        refresh_token: xero.consent(xero.desktopApp),
      }),
    });
    const { access_token: token } = z
      .object({ access_token: z.string() })
      .parse(await answer.json());
    const ended = await terminal.run(['sync'], { ...terminal.clouds, BATON_TOKEN: token });
    expect(ended.code).toBe(0);
    expect(eventsOf(ended.stderr)).toEqual(['access.warnings']);
  });

  it('reads only what --org names, and fails when a name is nobody’s', async () => {
    const terminal = await openTerminal();
    const { id } = terminal.sandbox.world.organisation('Demo Company (NZ)');
    const args = ['sync', '--org', `${KAURI}, ${id.toUpperCase()}`];
    expect(await terminal.run(args, terminal.webApp)).toMatchObject({ code: 0 });
    expect((await readBack(terminal)).organisations).toHaveLength(2);

    const unknown = ['sync', '--file', 'none.c1z', '--org', 'Kauri & Sons'];
    const ended = await terminal.run(unknown, terminal.webApp);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('No organisation with the name or ID “Kauri & Sons”');
    await expect(stat(terminal.path('none.c1z'))).rejects.toThrow('ENOENT');
  });

  it('leaves an older file alone when an organisation can’t be read', async () => {
    const terminal = await openTerminal();
    await terminal.run(['sync'], terminal.webApp);
    const before = await readFile(terminal.path('sync.c1z'));
    terminal.sandbox.xero.fail({ endpoint: 'users', fault: { kind: 'status', status: 403 } });
    const ended = await terminal.run(['sync'], terminal.webApp);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/no longer lets this app in\. .*or stop governing it/);
    expect(await readFile(terminal.path('sync.c1z'))).toEqual(before);
  });
});

describe('the token file', () => {
  it('keeps the newest token for its owner alone, so that the next run goes on', async () => {
    const terminal = await openTerminal();
    const env = { ...terminal.webApp, BATON_XERO_TOKEN_FILE: 'token.json' };
    await expectSync(terminal, env);
    expect((await stat(terminal.path('token.json'))).mode & 0o777).toBe(0o600);
    // Past Xero's grace the token in the environment is worth nothing.
    terminal.sandbox.xero.ageRefreshTokens(31 * 60_000);
    await expectSync(terminal, env);

    // A token that the admin puts in its place wins over one that has died.
    terminal.sandbox.xero.ageRefreshTokens(61 * 24 * 3600_000);
    expect(await terminal.run(['sync'], env)).toMatchObject({ code: 16 });
    const fresh = terminal.sandbox.xero.consent(terminal.sandbox.xero.webApp);
    await expectSync(terminal, { ...env, BATON_REFRESH_TOKEN: fresh });
  });
});

describe('what goes wrong', () => {
  it.each<
    [string, readonly string[], (terminal: Terminal) => Record<string, string>, number, RegExp]
  >([
    [
      'an unknown command',
      ['sink'],
      ({ webApp }) => webApp,
      2,
      /command must be sync, serve, check/,
    ],
    ['an unknown flag', ['sync', '--fiel', 'x'], ({ webApp }) => webApp, 2, /--fiel isn’t known/],
    ['nothing to sign in with', ['sync'], ({ clouds }) => clouds, 2, /Xero needs --xero-client-id/],
    [
      'plain http to elsewhere',
      ['sync'],
      ({ webApp }) => ({ ...webApp, XERO_API_URL: 'http://xero.example' }),
      2,
      /XERO_API_URL must be an https address/,
    ],
    [
      'a file of authorities that isn’t there',
      ['sync'],
      ({ webApp }) => ({ ...webApp, NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' }),
      2,
      /^c1-xero: NODE_EXTRA_CA_CERTS names a file that can’t be read/m,
    ],
    [
      'a file of authorities that holds none',
      ['check'],
      ({ webApp }) => ({ ...webApp, NODE_EXTRA_CA_CERTS: import.meta.filename }),
      2,
      /^c1-xero: NODE_EXTRA_CA_CERTS names a file that doesn’t hold certificates/m,
    ],
    [
      'a Xero that can’t be reached',
      ['sync'],
      ({ webApp }) => ({ ...webApp, XERO_IDENTITY_URL: 'http://localhost:9' }),
      14,
      /Xero can’t be reached/,
    ],
    [
      'a refresh token that Xero doesn’t know',
      ['sync'],
      ({ webApp }) => ({ ...webApp, BATON_REFRESH_TOKEN: 'unknown' }),
      16,
      /Xero signed you out/,
    ],
    [
      'a wrong secret of the Xero app',
      ['sync'],
      ({ webApp }) => ({ ...webApp, BATON_XERO_CLIENT_SECRET: 'wrong' }),
      16,
      /doesn’t accept this web app’s client ID and secret/,
    ],
    [
      'half a C1 credential',
      ['serve'],
      ({ webApp, c1 }) => ({ ...webApp, BATON_CLIENT_ID: c1['BATON_CLIENT_ID'] ?? '' }),
      2,
      /--client-secret/,
    ],
  ])('%s is one sentence on stderr and its exit code', async (_what, args, env, code, sentence) => {
    const terminal = await openTerminal();
    const ended = await terminal.run(args, { ...env(terminal) });
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(sentence);
    expect(ended.stderr).not.toContain('    at ');
  });

  it('is only a warning when secrets stand on the command line', async () => {
    const terminal = await openTerminal();
    const { webApp, clouds } = terminal;
    const args = [
      ['--xero-client-id', webApp['BATON_XERO_CLIENT_ID']],
      ['--xero-client-secret', webApp['BATON_XERO_CLIENT_SECRET']],
      ['--refresh-token', webApp['BATON_REFRESH_TOKEN']],
      ['--log-format', 'console'],
    ].flatMap(([flag = '', value = '']) => [flag, value]);
    const { code, stderr } = await terminal.run(['sync', ...args], clouds);
    expect(code).toBe(0);
    expect(stderr.match(/secretOnCommandLine flag=--[\w-]+/g)).toEqual([
      'secretOnCommandLine flag=--xero-client-secret',
      'secretOnCommandLine flag=--refresh-token',
    ]);
  });

  it('is only a warning when a flag of baton-xero has no effect with this command', async () => {
    const terminal = await openTerminal();
    const env = { ...terminal.webApp, BATON_XERO_STATE_DIR: 'state', BATON_LOG_FORMAT: 'console' };
    const { code, stderr } = await terminal.run(['sync', '-p', '--health-check'], env);
    expect(code).toBe(0);
    expect(stderr.match(/warn +flagHasNoEffect flag=--[\w-]+/g)).toEqual([
      'warn  flagHasNoEffect flag=--provisioning',
      'warn  flagHasNoEffect flag=--health-check',
    ]);
  });
});
