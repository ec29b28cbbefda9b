import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { AnySchema, type Any } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { finishRequest } from '../../../main/c1/finish.ts';
import type { TaskOutcome } from '../../../main/c1/task.ts';
import { BatonServiceFinishTaskRequestSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { taskId } from './fake-c1.ts';

const LIMIT = 4 * 1024 * 1024;

function anyOf(bytes: number): Any {
  return create(AnySchema, { typeUrl: 'x/y', value: new Uint8Array(bytes) });
}

/** What C1 reads, after it found the message small enough. */
function received(outcome: TaskOutcome) {
  const bytes = toBinary(
    BatonServiceFinishTaskRequestSchema,
    finishRequest('x'.repeat(256), taskId(1), outcome),
  );
  expect(bytes.length).toBeLessThan(LIMIT);
  return fromBinary(BatonServiceFinishTaskRequestSchema, bytes);
}

function sizes(anys: readonly Any[] = []) {
  return anys.map(({ value }) => value.length);
}

describe('an answer that is too large for one message', () => {
  it.each([
    ['keeps all that fits', 3_000_000, 500_000, { response: 3_000_000, annotations: [500_000] }],
    ['loses its annotations first', 3_000_000, 1_500_000, { response: 3_000_000, annotations: [] }],
    [
      'then its response, and stays a success',
      5_000_000,
      1,
      { response: undefined, annotations: [] },
    ],
  ])('%s', (_, response, annotation, kept) => {
    const annotations = [anyOf(annotation)];
    const { finalState } = received({ kind: 'success', response: anyOf(response), annotations });
    if (finalState.case !== 'success') throw new Error('no success');
    expect({
      response: finalState.value.response?.value.length,
      annotations: sizes(finalState.value.annotations),
    }).toEqual(kept);
  });

  it('of a failure loses its details and the end of its sentence, never its code', () => {
    const { status, finalState } = received({
      kind: 'failure',
      code: Code.NotFound,
      message: 'x'.repeat(5_000_000),
      nonRetryable: true,
      details: [anyOf(5_000_000)],
    });
    expect(status).toMatchObject({ code: 5, message: 'x'.repeat(4096) });
    expect(sizes(status?.details)).toEqual([]);
    expect(finalState).toMatchObject({ case: 'error', value: { nonRetryable: true } });
  });

  it('isn’t cut in the middle of a character', () => {
    const message = `x${'🗝'.repeat(3000)}`;
    const { status } = received({
      kind: 'failure',
      code: Code.Unknown,
      message,
      nonRetryable: false,
    });
    expect(message.startsWith(status?.message ?? '?')).toBe(true);
  });
});
