import { createRouterTransport, type HandlerContext } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import type { C1Client } from '../../../main/c1/client.ts';
import { BatonService } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { FakeClock } from '../fake-clock.ts';
import { FakeC1, makeClient, taskId } from './fake-c1.ts';

/** A C1 that notes how long each call says it would wait. */
function listening() {
  const waits: (number | undefined)[] = [];
  const note = (_request: unknown, context: HandlerContext) => {
    waits.push(context.timeoutMs());
    return {};
  };
  const transport = createRouterTransport(({ service }) =>
    service(BatonService, {
      hello: note,
      getTask: note,
      getTasks: note,
      heartbeat: note,
      finishTask: note,
    }),
  );
  const connection = { ...new FakeC1().connection(), transport };
  return { waits, client: makeClient(connection, new FakeClock()) };
}

describe('every call but an upload, which has a watch of its own, has a deadline:', () => {
  const nothing = { resourceTypes: [], handlers: {} };
  it.each<[string, number, (client: C1Client) => Promise<unknown>]>([
    ['Hello', 30_000, (client) => client.hello(nothing, '')],
    ['GetTask', 90_000, (client) => client.getTask()],
    ['GetTasks', 90_000, (client) => client.getTasks({ pageSize: 10, knownTaskIds: [] })],
    ['Heartbeat', 30_000, (client) => client.heartbeat(taskId(1))],
    ['FinishTask', 30_000, (client) => client.finishTask(taskId(1), { kind: 'success' })],
  ])('%s one of %i ms', async (_name, deadline, call) => {
    const { waits, client } = listening();
    expect(await call(client)).toMatchObject({ ok: true });
    const [wait = 0] = waits;
    expect(waits).toHaveLength(1);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(deadline);
  });
});
