import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  BatonServiceFinishTaskResponseSchema,
  BatonServiceGetTaskResponseSchema,
  BatonServiceGetTasksResponseSchema,
  BatonServiceHeartbeatResponseSchema,
  BatonServiceHelloResponseSchema,
  BatonServiceUploadAssetResponseSchema,
  TaskSchema,
} from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { ksuid } from '../sandbox/c1/ksuid.ts';
import type { SeededRandom } from '../sandbox/random.ts';

/** What a C1 that means no good puts into its messages: right in form, wrong in content. */

const INT64 = [0n, 1n, -1n, 2n ** 31n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)] as const;
const INT32 = [0, 1, -1, 999_999_999, 2 ** 31 - 1, -(2 ** 31)] as const;
const IDS = [
  '',
  '.',
  '..',
  '../../../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows\\System32',
  'a/b',
  'con',
  'short',
  '\u0000'.repeat(27),
  '٣'.repeat(27),
  'x'.repeat(26),
  'x'.repeat(28),
  `${'x'.repeat(26)}\n`,
  'x'.repeat(100_000),
] as const;
const ARMS = TaskSchema.fields.flatMap(({ oneof, number }) =>
  oneof === undefined ? [] : [number],
);
const MANY = 5000;

interface AnyInit {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** One body for the call, before anything is done to its bytes. */
export function bodyFor(rpc: string, random: SeededRandom): Uint8Array {
  switch (rpc) {
    case 'Hello':
      return bytes(BatonServiceHelloResponseSchema, { annotations: annotations(random) });
    case 'GetTask':
      return joined([
        random.fraction() < 0.9 ? field(1, task(random)) : new Uint8Array(),
        bytes(BatonServiceGetTaskResponseSchema, {
          ...pace(random),
          annotations: annotations(random),
        }),
      ]);
    case 'GetTasks': {
      const count = random.fraction() < 0.02 ? MANY : random.integer(4);
      const one = task(random);
      const tasks = Array.from({ length: count }, () => (count === MANY ? one : task(random)));
      return joined([
        ...tasks.map((each) => field(1, each)),
        bytes(BatonServiceGetTasksResponseSchema, pace(random)),
      ]);
    }
    case 'Heartbeat':
      return bytes(BatonServiceHeartbeatResponseSchema, {
        cancelled: random.fraction() < 0.1,
        cancelledTaskIds: list(random, () => id(random)),
        annotations: annotations(random),
        ...(random.fraction() < 0.7 && { nextHeartbeat: duration(random) }),
      });
    case 'UploadAsset':
      return bytes(BatonServiceUploadAssetResponseSchema, { annotations: annotations(random) });
    default:
      return bytes(BatonServiceFinishTaskResponseSchema, { annotations: annotations(random) });
  }
}

/** A task in bytes: an arm, none, several at once, or one of the future, with anything in it. */
function task(random: SeededRandom): Uint8Array {
  const arms = random.fraction() < 0.1 ? random.integer(4) : 1;
  const parts = [bytes(TaskSchema, { id: id(random), debug: random.fraction() < 0.2 })];
  for (let left = arms; left > 0; left -= 1) parts.push(field(arm(random), content(random)));
  if (random.fraction() < 0.1) parts.push(varint(2, random.pick([7, 99, 2 ** 31 - 1])));
  return joined(parts);
}

function arm(random: SeededRandom): number {
  const fate = random.fraction();
  if (fate < 0.4) return 102;
  return fate < 0.9 ? random.pick(ARMS) : 124 + random.integer(1000);
}

/** The inside of an arm: mostly nothing, else fields that fit it or don't. */
function content(random: SeededRandom): Uint8Array {
  if (random.fraction() < 0.6) return new Uint8Array();
  const parts: Uint8Array[] = [];
  for (let left = random.integer(6); left > 0; left -= 1) {
    const number = 1 + random.integer(8);
    if (random.fraction() < 0.3) parts.push(varint(number, random.integer(2)));
    else parts.push(field(number, random.fraction() < 0.5 ? text(id(random)) : noise(random, 40)));
  }
  return joined(parts);
}

function id(random: SeededRandom): string {
  if (random.fraction() < 0.8) return ksuid(1_760_000_000_000 + random.integer(1_000_000));
  return random.pick(IDS);
}

function pace(random: SeededRandom) {
  return {
    ...(random.fraction() < 0.7 && { nextPoll: duration(random) }),
    ...(random.fraction() < 0.5 && { nextHeartbeat: duration(random) }),
  };
}

function duration(random: SeededRandom) {
  return { seconds: random.pick(INT64), nanos: random.pick(INT32) };
}

function annotations(random: SeededRandom): AnyInit[] {
  return list(random, () => ({
    typeUrl: random.pick(['', 'x', 'type.googleapis.com/evil.Unknown', '/', '\u0000'.repeat(9)]),
    value: noise(random, 20),
  }));
}

function list<T>(random: SeededRandom, make: () => T): T[] {
  const fate = random.fraction();
  const length = fate < 0.8 ? 0 : fate < 0.99 ? random.integer(4) : MANY;
  return Array.from({ length }, make);
}

export function noise(random: SeededRandom, most: number): Uint8Array {
  return Uint8Array.from({ length: random.integer(most) }, () => random.integer(256));
}

function bytes<D extends DescMessage>(schema: D, init: MessageInitShape<D>): Uint8Array {
  return toBinary(schema, create(schema, init));
}

function field(number: number, value: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(value).finish();
}

function varint(number: number, value: number): Uint8Array {
  return new BinaryWriter().tag(number, WireType.Varint).uint32(value).finish();
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** gRPC's five bytes and the message. */
export function frame(message: Uint8Array, flags = 0): Uint8Array {
  const framed = new Uint8Array(5 + message.length);
  framed[0] = flags;
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, 5);
  return framed;
}
