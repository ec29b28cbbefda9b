import { Code } from '@connectrpc/connect';
import { TaskSchema } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { RpcFault, TokenFault } from '../sandbox/c1/faults.ts';
import type { SeededRandom } from '../sandbox/random.ts';

/** One thing that C1, or the way to it, does to the connector. */
export type Deed =
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'call'; readonly rpc: string; readonly fault: RpcFault }
  | { readonly kind: 'upload cut' }
  /** The next token request goes wrong, and there is one soon. */
  | { readonly kind: 'token'; readonly fault: TokenFault }
  | { readonly kind: 'tokens expire' }
  | { readonly kind: 'cut' | 'goaway' }
  | { readonly kind: 'silence' | 'restart' | 'no next_poll'; readonly ms: number }
  /** A sync that is under way is cancelled. */
  | { readonly kind: 'cancel' }
  /** A task that was handed out before is handed out once more; `pick` says which. */
  | { readonly kind: 'deliver again'; readonly pick: number };

export interface Planned {
  /** Milliseconds from the start. */
  readonly at: number;
  readonly deed: Deed;
}

/** Every arm of the oneof, a task without one, and one of a kind that nobody knows yet. */
export const KINDS: readonly string[] = [
  ...TaskSchema.fields.filter(({ oneof }) => oneof !== undefined).map(({ name }) => name),
  'unset',
  'unknown',
];

const CALLS = ['GetTask', 'FinishTask', 'Heartbeat', 'UploadAsset', 'Hello'] as const;
const HTTP2_ERRORS = [2, 7, 8] as const;
/** Longer than any pinging of a connection that seems alive takes to notice. */
const LONG_SILENCE = 100_000;
/** Runs shorter than this have no fault that lasts longer than a call's deadline. */
const LONG_RUN = 300_000;
const TASK_EVERY = 700;
const MISHAP_EVERY = 1000;

/** Everything that happens in a run of so many milliseconds: the same for the same seed. */
export function plan(random: SeededRandom, length: number): Planned[] {
  return [...tasks(random, length), ...mishaps(random, length)].sort((a, b) => a.at - b.at);
}

function tasks(random: SeededRandom, length: number): Planned[] {
  const planned: Planned[] = [];
  let unseen = shuffled(random, KINDS);
  for (let at = 0; at < length; at += between(random, TASK_EVERY / 2, TASK_EVERY * 1.5)) {
    if (unseen.length === 0) unseen = shuffled(random, KINDS);
    const task = random.fraction() < 0.3 ? 'sync_full' : (unseen.pop() ?? 'sync_full');
    planned.push({ at, deed: { kind: 'task', task } });
  }
  return planned;
}

function mishaps(random: SeededRandom, length: number): Planned[] {
  const long = length >= LONG_RUN;
  const planned: Planned[] = [];
  let waiting: (() => Deed)[] = [];
  for (let at = 500; at < length; at += between(random, MISHAP_EVERY / 2, MISHAP_EVERY * 1.5)) {
    // All kinds, in an order of their own, before any comes again.
    if (waiting.length === 0) waiting = shuffled(random, makers(random, long));
    const make = waiting.pop();
    if (make === undefined) break;
    planned.push({ at, deed: make() });
  }
  if (long) planned.push({ at: length / 3, deed: { kind: 'silence', ms: LONG_SILENCE } });
  return planned;
}

function makers(random: SeededRandom, long: boolean): (() => Deed)[] {
  const call = (fault: RpcFault) => (): Deed => ({ kind: 'call', rpc: random.pick(CALLS), fault });
  const finish = (fault: RpcFault) => (): Deed => ({ kind: 'call', rpc: 'FinishTask', fault });
  const token = (fault: TokenFault) => (): Deed => ({ kind: 'token', fault });
  const http2Error = () => random.pick(HTTP2_ERRORS);
  return [
    call({ kind: 'code', code: random.pick([Code.Unavailable, Code.Internal]) }),
    call({ kind: 'code', code: Code.ResourceExhausted }),
    call({ kind: 'delay', ms: between(random, 200, 2000) }),
    call({ kind: 'drop', when: 'before' }),
    call({ kind: 'drop', when: 'mid' }),
    call({ kind: 'drop', when: 'after' }),
    call({ kind: 'reset', when: 'before', code: http2Error() }),
    call({ kind: 'reset', when: 'after', code: http2Error() }),
    call({ kind: 'goaway' }),
    finish({ kind: 'drop', when: 'after' }),
    finish({ kind: 'drop', when: 'mid' }),
    finish({ kind: 'code', code: Code.Unavailable }),
    token({ kind: 'status', status: random.pick([429, 500, 502, 503]) }),
    token({ kind: 'html' }),
    () => ({ kind: 'tokens expire' }),
    () => ({ kind: 'upload cut' }),
    () => ({ kind: 'cut' }),
    () => ({ kind: 'goaway' }),
    () => ({ kind: 'silence', ms: between(random, 300, 3000) }),
    () => ({ kind: 'restart', ms: between(random, 100, 2500) }),
    () => ({ kind: 'no next_poll', ms: between(random, 1000, 3000) }),
    () => ({ kind: 'cancel' }),
    () => ({ kind: 'cancel' }),
    () => ({ kind: 'deliver again', pick: random.fraction() }),
    () => ({ kind: 'deliver again', pick: random.fraction() }),
    ...(long ? [call({ kind: 'hang' }), token({ kind: 'hang' })] : []),
  ];
}

function between(random: SeededRandom, least: number, most: number): number {
  return Math.round(least + random.fraction() * (most - least));
}

function shuffled<T>(random: SeededRandom, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random.fraction() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
