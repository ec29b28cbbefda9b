import { Code, ConnectError } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import type { C1Event } from '../../../main/c1/events.ts';
import { MemoryLedger } from '../../../main/c1/ledger.ts';
import { openC1 } from '../../../main/c1/open.ts';
import { TaskLoop } from '../../../main/c1/task-loop.ts';
import { fetchingBy } from '../fake-network.ts';
import { FakeClock } from '../fake-clock.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from './credentials.ts';
import { FACTS, FakeC1, taskOfKind } from './fake-c1.ts';
import { Watched } from './loop.ts';
import { KeptLog, steady } from './quiet.ts';

it('over a day of all kinds of trouble, no secret is told to the log or to the owner', async () => {
  const key = makeKey();
  const secret = makeSecret(key);
  const clock = new FakeClock();
  const log = new KeptLog();
  const c1 = new FakeC1();
  const events = new Watched<C1Event>();
  const stop = new AbortController();
  const sent: string[] = [];
  const troubles = [
    () => new Response(`${secret} is unknown`, { status: 503 }),
    () => new Response('<html>hello</html>'),
    () => {
      throw new TypeError(`fetch failed for ${secret}`);
    },
  ];
  const client = openC1({
    credential: makeCredential(CLIENT_ID, secret),
    facts: FACTS,
    network: fetchingBy((_, init) => {
      if (typeof init?.body === 'string') sent.push(init.body);
      const trouble = troubles.shift();
      return Promise.resolve(
        trouble?.() ?? Response.json({ access_token: 'opaque-token-1', expires_in: 1 }),
      );
    }),
    endpoints: { c1ApiHost: undefined },
    clock,
    random: steady,
    log,
    connection: c1.connection(),
  });
  c1.onPoll = (call) => {
    if (call === 1) throw new ConnectError('bad token opaque-token-1', Code.Unauthenticated);
    if (call === 3) throw new ConnectError(secret, Code.Internal);
    return { task: taskOfKind(call, 'grant'), nextPoll: 60_000 };
  };
  const loop = new TaskLoop({
    client,
    handlers: () => ({ grant: () => Promise.reject(new Error(secret)) }),
    resourceTypes: () => [],
    ledger: new MemoryLedger(clock).of('acme.conductor.one'),
    clock,
    random: steady,
    log,
    onEvent: events.add,
  });
  const ran = loop.run(stop.signal);
  while (events.all.filter(({ kind }) => kind === 'taskFinished').length < 3) {
    await clock.untilAsleep();
    await clock.advance(60_000);
  }
  stop.abort();
  await ran;

  expect(events.all.filter(({ kind }) => kind === 'offline').length).toBeGreaterThanOrEqual(4);
  expect(c1.userAgents[0]).toBe('sneaky-otter-12345 c1-xero/0.1.0');
  const told = log.lines.join('\n') + JSON.stringify(events.all);
  const assertions = sent.map((body) => new URLSearchParams(body).get('client_assertion') ?? body);
  for (const hidden of [secret, key.d, key.x, 'opaque-token-1', ...assertions]) {
    expect(told).not.toContain(hidden);
  }
});
