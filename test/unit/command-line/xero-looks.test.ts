import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseCommandLine } from '../../../main/command-line/options.ts';
import type { Held } from '../../../main/command-line/surroundings.ts';
import { XeroLooks } from '../../../main/command-line/xero-looks.ts';
import { gapOf } from '../../../main/connector/look.ts';
import { FACTS } from '../c1/fake-c1.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { atOnce } from '../c1z/at-once.ts';
import { FARM, HARBOUR } from '../connector/snapshots.ts';
import { FakeClock } from '../fake-clock.ts';
import { valueOf } from '../results.ts';
import { FakeXero } from '../xero/fake-xero.ts';

const DEMO = 'Demo Company (NZ)';
const demoAt = (tenantId: string) => ({
  id: `connection ${tenantId}`,
  tenantId,
  tenantType: 'ORGANISATION',
  tenantName: DEMO,
});

let xero: FakeXero;
beforeEach(async () => {
  xero = await FakeXero.start();
  xero.answers.set('/api.xro/2.0/Organisation', ({ headers }) => ({
    body: {
      Organisations: [
        { OrganisationID: headers['xero-tenant-id'], Name: DEMO, IsDemoCompany: true },
      ],
    },
  }));
  xero.answers.set('/api.xro/2.0/Users', () => ({ body: { Users: [{ UserID: 'u-ana' }] } }));
});
afterEach(() => xero.close());

it('a service governs the demo company that --org named, and says when Xero reset it', async () => {
  const parsed = valueOf(
    parseCommandLine(['sync', '--org', DEMO], { BATON_TOKEN: 'given' }, false),
  );
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  const surroundings: Held = {
    endpoints: xero.endpoints,
    network: xero.network,
    clock: new FakeClock(),
    random: steady,
    log: new KeptLog(),
    facts: FACTS,
    writer: atOnce,
    address: () => Promise.resolve(null),
    defaultFolder: '.',
    progress: { show: () => undefined, clear: () => undefined },
    pid: 1,
    hostname: 'here',
    isRunning: () => false,
    tokenLock: null,
  };
  const looks = new XeroLooks(parsed.options, surroundings);
  const gap = async (listed: readonly string[]) => {
    xero.answers.set('/connections', () => ({ body: listed.map(demoAt) }));
    return gapOf(valueOf(await looks.whole(new AbortController().signal)).look);
  };
  expect(await gap([FARM])).toBeNull();
  // The one under the new id isn't taken in its place by itself.
  expect(await gap([HARBOUR])).toMatchObject({ code: 'demoCompanyReset' });
  expect(await gap([FARM, HARBOUR])).toBeNull();
});
