import { Code } from '@connectrpc/connect';
import { z } from 'zod';
import type { Faults } from './faults.ts';
import { describeEvent, describeState } from './describe.ts';
import { requestControls } from './request-controls.ts';
import type { C1Sandbox } from './sandbox.ts';

/** What the control endpoint can do, each with the shape of its body. */
const Empty = z.looseObject({});
const times = z.union([z.int().positive(), z.literal('always')]).default(1);
const Id = z.object({ id: z.string() });
const TokenFault = z.intersection(
  z.object({ times }),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reject') }),
    z.object({ kind: z.literal('status'), status: z.int() }),
    z.object({ kind: z.literal('html') }),
    z.object({ kind: z.literal('hang') }),
  ]),
);
const RpcFault = z.intersection(
  z.object({
    rpc: z.enum(['Hello', 'GetTask', 'GetTasks', 'Heartbeat', 'UploadAsset', 'FinishTask']),
    times,
  }),
  z.discriminatedUnion('kind', [
    /** `code` is a gRPC code number: 14 for UNAVAILABLE. */
    z.object({ kind: z.literal('code'), code: z.enum(Code) }),
    z.object({ kind: z.literal('delay'), ms: z.int().nonnegative() }),
    z.object({ kind: z.literal('hang') }),
    z.object({
      kind: z.literal('drop'),
      when: z.enum(['before', 'after', 'mid']).default('before'),
    }),
    /** `code` is one of HTTP/2: 2 for INTERNAL_ERROR, 7 for REFUSED_STREAM, 8 for CANCEL. */
    z.object({
      kind: z.literal('reset'),
      when: z.enum(['before', 'after']).default('before'),
      code: z.int().min(0).max(13).default(2),
    }),
    z.object({ kind: z.literal('goaway') }),
  ]),
);
const Span = z
  .int()
  .nonnegative()
  .max(10 * 60_000);
const Kind = z.enum([
  'token',
  'hello',
  'poll',
  'claimed',
  'heartbeat',
  'upload',
  'finished',
  'violation',
  'unwanted',
  'fault',
]);

interface Command {
  run(body: unknown): unknown;
}

function command<S extends z.ZodType>(shape: S, run: (body: z.infer<S>) => unknown): Command {
  return { run: (body) => run(shape.parse(body ?? {})) };
}

/** The commands by path. Bodies that don't fit throw a `ZodError`. */
export function controls(sandbox: C1Sandbox, faults: Faults): ReadonlyMap<string, Command> {
  return new Map<string, Command>([
    ...requestControls(sandbox).map(([path, run]) => [path, { run }] as const),
    ['state', command(Empty, () => describeState(sandbox))],
    [
      'wait',
      command(z.object({ kind: Kind, task: z.string().optional() }), async ({ kind, task }) => {
        const event = await sandbox.waitFor(kind, (one) => {
          if (task === undefined) return true;
          if ('task' in one) return one.task?.id === task;
          return 'upload' in one && one.upload.taskId === task;
        });
        return describeEvent(event);
      }),
    ],
    [
      'tasks',
      command(
        z.object({ kind: z.string(), body: z.unknown().optional(), debug: z.boolean().optional() }),
        ({ kind, body, debug }) => ({ id: sandbox.enqueue(kind, body, debug) }),
      ),
    ],
    ['tasks/cancel', command(Id, ({ id }) => ({ done: sandbox.cancel(id) }))],
    ['tasks/again', command(Id, ({ id }) => ({ done: sandbox.deliverAgain(id) }))],
    ['credentials/rotate', command(Empty, () => sandbox.rotate())],
    [
      'credentials/revoke',
      command(z.object({ clientId: z.string() }), ({ clientId }) => ({
        done: sandbox.revoke(clientId),
      })),
    ],
    ['tokens/expire', command(Empty, () => sandbox.expireTokens())],
    ['faults/token', command(TokenFault, ({ times, ...fault }) => faults.token.add(fault, times))],
    [
      'faults/rpc',
      command(RpcFault, ({ times, rpc, ...fault }) => faults.rpc(rpc).add(fault, times)),
    ],
    [
      'faults/upload',
      command(z.object({ afterBytes: z.int().positive(), times }), ({ afterBytes, times }) =>
        faults.upload.add({ kind: 'drop', afterBytes }, times),
      ),
    ],
    [
      'faults/poll',
      command(z.object({ nextPollMs: z.int().nonnegative().nullable() }), ({ nextPollMs }) => {
        faults.nextPollMs = nextPollMs;
      }),
    ],
    ['wire/cut', command(Empty, () => sandbox.wire.cut())],
    ['wire/goaway', command(Empty, () => sandbox.wire.goAway())],
    ['wire/silence', command(z.object({ ms: Span }), ({ ms }) => sandbox.wire.silence(ms))],
    [
      'wire/restart',
      command(z.object({ downMs: Span.default(0) }), ({ downMs }) => sandbox.wire.restart(downMs)),
    ],
    ['faults/clear', command(Empty, () => faults.clear())],
  ]);
}
