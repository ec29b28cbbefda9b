import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from '../../../main/command-line/check.ts';
import { sync } from '../../../main/command-line/sync.ts';
import { serve } from '../../../main/command-line/serve.ts';
import type { CommandSurroundings } from '../../../main/command-line/surroundings.ts';
import { parseCommandLine, type Options } from '../../../main/command-line/options.ts';
import type { AccessRead } from '../../../main/access/types.ts';
import type { WriteOrder } from '../../../main/c1z/writer.ts';
import { succeed } from '../../../shared/errors.ts';
import { FACTS } from '../c1/fake-c1.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { COUNTS, FARM, HARBOUR } from '../connector/snapshots.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { FakeXero } from '../xero/fake-xero.ts';

const never = new AbortController().signal;
const connection = (tenantId: string, tenantName: string) => ({
  id: `connection ${tenantId}`,
  tenantId,
  tenantType: 'ORGANISATION',
  tenantName,
});

let xero: FakeXero;
let folder: string;
const written: { readonly read: AccessRead; readonly order: WriteOrder }[] = [];
beforeEach(async () => {
  written.length = 0;
  xero = await FakeXero.start();
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
  xero.answers.set('/connections', () => ({
    body: [connection(HARBOUR, 'Harbour Books'), connection(FARM, 'Hillside Farm')],
  }));
  xero.answers.set('/api.xro/2.0/Organisation', ({ headers }) => ({
    body: {
      Organisations: [{ OrganisationID: headers['xero-tenant-id'], Name: 'An organisation' }],
    },
  }));
  xero.answers.set('/api.xro/2.0/Users', () => ({
    body: { Users: [{ UserID: 'u-ana', GlobalUserID: 'g-ana', OrganisationRole: 'STANDARD' }] },
  }));
});
afterEach(async () => {
  await xero.close();
  await rm(folder, { recursive: true, force: true });
});

function optionsOf(argv: readonly string[], env: Readonly<Record<string, string>>): Options {
  const parsed = valueOf(parseCommandLine(argv, env, false));
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  return parsed.options;
}
const surroundings = (): CommandSurroundings => ({
  endpoints: xero.endpoints,
  network: xero.network,
  clock: new FakeClock(),
  random: steady,
  log: new KeptLog(),
  facts: FACTS,
  writer: {
    write: (read, order) => {
      written.push({ read, order });
      return Promise.resolve(
        succeed({ bytes: 4096, counts: COUNTS, outside: { grants: 0, targets: 0 }, warnings: [] }),
      );
    },
  },
  defaultFolder: join(folder, 'temporary'),
  progress: { show: () => undefined, clear: () => undefined },
  address: () => Promise.resolve(null),
  pid: 1,
  hostname: 'here',
  isRunning: () => true,
});
const TOKEN = { BATON_TOKEN: 'given' };
const file = () => join(folder, 'out.c1z');

describe('sync', () => {
  it('writes what Xero says to the file, and tells how much', async () => {
    const report = valueOf(
      await sync(optionsOf(['sync', '-f', file()], TOKEN), surroundings(), never),
    );
    expect(written.map(({ order }) => order.path)).toEqual([file()]);
    expect(written[0]?.read.organisations).toHaveLength(2);
    expect(report.json).toMatchObject({ file: file(), bytes: 4096, ...COUNTS });
    expect(report.words[0]).toContain('2 organisations, 25 accounts');
  });

  it('says how many connections aren’t organisations, without their names', async () => {
    const practice = { ...connection('p-1', 'Tally & Co'), tenantType: 'PRACTICE' };
    xero.answers.set('/connections', () => ({
      body: [connection(HARBOUR, 'Harbour Books'), practice],
    }));
    const log = new KeptLog();
    const options = optionsOf(['sync', '-f', file()], TOKEN);
    valueOf(await sync(options, { ...surroundings(), log }, never));
    expect(log.lines).toContain('warn xero.leftOut {"connections":1}');
  });

  it('reads only what --org names', async () => {
    const options = optionsOf(['sync', '-f', file(), '--org', 'hillside farm'], TOKEN);
    valueOf(await sync(options, surroundings(), never));
    expect(written[0]?.read.organisations.map(({ organisation: { id } }) => id)).toEqual([FARM]);
  });

  it('writes nothing when one organisation refuses', async () => {
    xero.answers.set('/api.xro/2.0/Users', ({ headers }) =>
      headers['xero-tenant-id'] === FARM
        ? { status: 403, body: { Title: 'Forbidden' } }
        : { body: { Users: [] } },
    );
    const outcome = await sync(optionsOf(['sync', '-f', file()], TOKEN), surroundings(), never);
    expect(failureOf(outcome)).toMatchObject({
      code: 'xeroForbidden',
      message: expect.stringContaining('Hillside Farm') as string,
    });
    expect(written).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('check', () => {
  it('says which organisations Xero lets it read, and asks no more', async () => {
    const report = valueOf(await check(optionsOf(['check'], TOKEN), surroundings(), never));
    expect(report.words).toEqual(['Xero lets this sign-in read 2: Harbour Books, Hillside Farm.']);
    expect(report.json['organisations']).toEqual([
      { id: HARBOUR, name: 'Harbour Books' },
      { id: FARM, name: 'Hillside Farm' },
    ]);
    expect(xero.seen.map(({ path }) => path)).toEqual(['/connections']);
  });

  it('refuses to spend a refresh token that nothing would keep the successor of', async () => {
    const env = { BATON_XERO_CLIENT_ID: 'x', BATON_REFRESH_TOKEN: 'seed-token' };
    const failure = failureOf(await check(optionsOf(['check'], env), surroundings(), never));
    expect(failure).toMatchObject({ code: 'usage' });
    expect(failure.message).toContain('--token-file');
    expect(xero.seen).toEqual([]);
  });

  it('says what is wrong with C1’s credential before it asks Xero', async () => {
    const env = { ...TOKEN, BATON_CLIENT_ID: 'a@b', BATON_CLIENT_SECRET: 's' };
    const failure = failureOf(await check(optionsOf(['check'], env), surroundings(), never));
    expect(failure.code).toBe('credentialClientIdInvalid');
    expect(xero.seen).toEqual([]);
  });
});

describe('serve', () => {
  it('doesn’t begin with a credential that can’t be one', async () => {
    const env = { ...TOKEN, BATON_CLIENT_ID: 'a@b', BATON_CLIENT_SECRET: 's' };
    expect(failureOf(await serve(optionsOf(['serve'], env), surroundings(), never)).code).toBe(
      'credentialClientIdInvalid',
    );
  });
});
