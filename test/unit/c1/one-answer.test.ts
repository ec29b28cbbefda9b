import { Code, createClient } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { oneAnswer } from '../../../main/c1/one-answer.ts';
import { BatonService } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { overGrpc } from './fake-c1.ts';

const EMPTY = Uint8Array.of(0, 0, 0, 0, 0);

/** A client whose uploads are answered with so many empty messages, and how many of them it took. */
function answeredWith(messages: number) {
  const seen = { taken: 0 };
  async function* body() {
    await Promise.resolve();
    while (seen.taken < messages) {
      seen.taken += 1;
      yield EMPTY;
    }
  }
  const transport = overGrpc(
    () =>
      Promise.resolve({
        status: 200,
        header: new Headers({ 'content-type': 'application/grpc+proto' }),
        body: body(),
        trailer: new Headers({ 'grpc-status': '0' }),
      }),
    [oneAnswer],
  );
  return { seen, client: createClient(BatonService, transport) };
}

async function* nothing() {
  // An upload whose content is no matter here.
}

it('an upload that is answered without end fails at the second answer', async () => {
  const { seen, client } = answeredWith(Infinity);
  await expect(client.uploadAsset(nothing())).rejects.toMatchObject({ code: Code.Internal });
  expect(seen.taken).toBeLessThan(10);
});

it('an upload that is answered once succeeds', async () => {
  const { client } = answeredWith(1);
  expect(await client.uploadAsset(nothing())).toMatchObject({ annotations: [] });
});
