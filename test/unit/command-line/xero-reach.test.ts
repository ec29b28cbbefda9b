import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseGoverned, openReach } from '../../../main/command-line/xero-reach.ts';
import type { XeroAccess } from '../../../main/command-line/options.ts';
import { harbour, farm } from '../access/build.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { reachTo } from '../connector/reaches.ts';
import { FARM, HARBOUR } from '../connector/snapshots.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { CLIENT_ID, FakeXero, TOKENS } from '../xero/fake-xero.ts';

const never = new AbortController().signal;

describe('the organisations that --org names', () => {
  const reach = reachTo('command-line', [harbour(), farm()]);
  const choose = (...names: readonly string[]) => chooseGoverned(names, reach, never);

  it('are all that are connected where it names none', async () => {
    expect(valueOf(await choose())).toBe('all');
  });

  it('are found by name or id, in any case', async () => {
    const governed = valueOf(await choose('harbour BOOKS', FARM.toUpperCase()));
    expect(governed).toEqual(
      new Map([
        [HARBOUR, { name: 'Harbour Books', demo: false }],
        [FARM, { name: 'Hillside Farm', demo: false }],
      ]),
    );
  });

  it('fail by name when one isn’t connected: an upload is the whole truth', async () => {
    expect(failureOf(await choose('Harbour Books', 'Seaside Inn'))).toMatchObject({
      code: 'organisationMissing',
      message: expect.stringContaining('Seaside Inn') as string,
    });
  });
});

describe('the command line’s sign-in', () => {
  let xero: FakeXero;
  let folder: string;
  beforeEach(async () => {
    xero = await FakeXero.start();
    folder = await mkdtemp(join(tmpdir(), 'reach-'));
    xero.answers.set('/connections', () => ({
      body: [
        { id: 'c', tenantId: HARBOUR, tenantType: 'ORGANISATION', tenantName: 'Harbour Books' },
      ],
    }));
    xero.answers.set('/connect/token', () => ({ body: TOKENS }));
  });
  afterEach(async () => {
    await xero.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = (access: XeroAccess, tokenFile: string | null = null) => {
    const log = new KeptLog();
    const { endpoints, network } = xero;
    const surroundings = {
      endpoints,
      network,
      clock: new FakeClock(),
      random: steady,
      tokenLock: { isHeld: () => Promise.resolve(true) },
      log,
    };
    return { log, reader: openReach({ xero: access, tokenFile }, surroundings).reader };
  };
  const refreshing = {
    kind: 'refreshToken',
    clientId: CLIENT_ID,
    clientSecret: null,
    refreshToken: 'seed-token',
  } as const;

  it('uses a given token as it is', async () => {
    const { reader } = open({ kind: 'token', token: 'given' });
    valueOf(await reader.connections('c1', never));
    expect(xero.to('/connections')[0]?.headers.authorization).toBe('Bearer given');
    expect(xero.to('/connect/token')).toEqual([]);
  });

  it('says that a refresh token is spent when no file keeps the next', async () => {
    const { reader, log } = open(refreshing);
    valueOf(await reader.connections('c1', never));
    expect(xero.to('/connect/token')[0]?.form.get('refresh_token')).toBe('seed-token');
    expect(log.lines.join()).toContain('set --token-file');
    expect(log.lines.join()).not.toMatch(/seed-token|-of-ana/);
  });

  it('keeps the next refresh token in the file', async () => {
    const path = join(folder, 'token.json');
    const { reader, log } = open(refreshing, path);
    valueOf(await reader.connections('c1', never));
    expect(await readFile(path, 'utf8')).toContain(TOKENS.refresh_token);
    expect(log.lines.join()).not.toContain('tokenSpent');
  });

  it('signs a web app in with its secret', async () => {
    const { reader } = open({ ...refreshing, clientSecret: 'app-secret' });
    valueOf(await reader.connections('c1', never));
    expect(xero.to('/connect/token')[0]?.headers.authorization).toMatch(/^Basic /);
  });

  it('reads a custom connection without asking for connections or naming a tenant', async () => {
    xero.answers.set('/api.xro/2.0/Organisation', () => ({
      body: { Organisations: [{ OrganisationID: HARBOUR, Name: 'Harbour Books' }] },
    }));
    xero.answers.set('/api.xro/2.0/Users', () => ({ body: { Users: [{ UserID: 'u-ana' }] } }));
    const { reader } = open({ kind: 'custom', clientId: CLIENT_ID, clientSecret: 'app-secret' });
    const reach = { signInId: 'command-line', reader };
    const chosen = valueOf(await chooseGoverned(['harbour books'], reach, never));
    expect(chosen === 'all' ? chosen : [...chosen.keys()]).toEqual([HARBOUR]);
    const [only] = valueOf(await reader.connections('c1', never)).connections;
    if (only === undefined) throw new Error('no organisation');
    const access = valueOf(await reader.organisation(only, 'c1', never));
    expect(access).toMatchObject({ tenantId: HARBOUR, organisation: { name: 'Harbour Books' } });
    expect(xero.to('/connections')).toEqual([]);
    expect(xero.to('/connect/token')[0]?.form.get('grant_type')).toBe('client_credentials');
    expect(xero.to('/api.xro/2.0/Users')[0]?.headers['xero-tenant-id'] ?? '').toBe('');
  });
});
