import { setTimeout as wait } from 'node:timers/promises';
import { create, isMessage, type Message } from '@bufbuild/protobuf';
import { DurationSchema, type Duration } from '@bufbuild/protobuf/wkt';
import {
  Code,
  ConnectError,
  createContextKey,
  type ConnectRouter,
  type Interceptor,
  type ServiceImpl,
} from '@connectrpc/connect';
import {
  BatonService,
  type BatonServiceFinishTaskRequest,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { answerProblems } from './answers.ts';
import { problemsOf } from './check.ts';
import { NO_CONNECTION, type Connection } from './connection.ts';
import type { Credential } from './credentials.ts';
import { declarationProblems } from './declaration.ts';
import type { Faults, RpcFault } from './faults.ts';
import type { Journal } from './journal.ts';
import { isRequest, outcomeOf, type TaskQueue, type TaskRecord } from './queue.ts';
import { expectHeartbeat, isUnwanted } from './request-life.ts';
import type { TokenEndpoint } from './tokens.ts';
import { receiveUpload, type Upload } from './uploads.ts';

export interface Pace {
  readonly idlePollMs: number;
  readonly busyPollMs: number;
  readonly heartbeatMs: number;
}

interface Surroundings {
  readonly tokens: TokenEndpoint;
  readonly queue: TaskQueue;
  readonly uploads: Upload[];
  readonly journal: Journal;
  readonly faults: Faults;
  readonly pace: Pace;
  readonly folder: string;
  readonly now: () => number;
  /** A credential greeted for the first time. */
  readonly greeted: (clientId: string) => void;
}

export const connectionKey = createContextKey(NO_CONNECTION);
const callerKey = createContextKey('');

/** BatonService as C1 plays it (c1-protocol.md §3, §8.1): bearer, faults and rules first, then the work. */
export function batonRoutes(use: Surroundings): (router: ConnectRouter) => void {
  return (router) => {
    router.service(BatonService, implementation(use), { interceptors: [guard(use)] });
  };
}

function implementation(use: Surroundings): ServiceImpl<typeof BatonService> {
  const { queue, journal, pace } = use;
  const greeted = new Set<string>();
  const nextHeartbeat = duration(pace.heartbeatMs);
  const nextPoll = () => {
    const usual = queue.hasMore() ? pace.busyPollMs : pace.idlePollMs;
    const ms = use.faults.nextPollMs === undefined ? usual : use.faults.nextPollMs;
    return ms === null ? {} : { nextPoll: duration(ms) };
  };
  const claim = (hostId: string, known: readonly string[] = []) => {
    const task = queue.claim(hostId, known);
    if (task !== undefined) journal.record({ kind: 'claimed', task });
    return task;
  };
  return {
    hello(request, context) {
      const clientId = context.values.get(callerKey);
      expectNone(declarationProblems(request.connectorMetadata));
      queue.forgiveRepeats();
      if (request.taskId !== '') endHello(use, queue.held(request.taskId, request.hostId));
      journal.record({ kind: 'hello', clientId, request });
      if (!greeted.has(clientId)) use.greeted(clientId);
      greeted.add(clientId);
      return {};
    },
    getTask({ hostId }, context) {
      journal.record({ kind: 'poll', clientId: context.values.get(callerKey), hostId });
      const task = claim(hostId);
      return { ...(task && { task: task.message, nextHeartbeat }), ...nextPoll() };
    },
    getTasks({ hostId, pageSize, knownTaskIds }, context) {
      journal.record({ kind: 'poll', clientId: context.values.get(callerKey), hostId });
      const tasks: TaskRecord[] = [];
      for (let left = pageSize; left > 0; left -= 1) {
        const task = claim(hostId, [...knownTaskIds, ...tasks.map(({ id }) => id)]);
        if (task === undefined) break;
        tasks.push(task);
      }
      return { tasks: tasks.map(({ message }) => message), nextHeartbeat, ...nextPoll() };
    },
    heartbeat({ hostId, taskId, taskIds }) {
      const task = queue.held(taskId, hostId);
      if (isRequest(task)) expectHeartbeat(queue.life);
      if (queue.life.heartbeats === 'renew') queue.waitOn(task);
      task.heartbeats += 1;
      if (task.cancelled) task.toldCancelled += 1;
      journal.record({ kind: 'heartbeat', task });
      const cancelledTaskIds = taskIds.filter((id) => queue.held(id, hostId).cancelled);
      return { nextHeartbeat, cancelled: task.cancelled, cancelledTaskIds };
    },
    async uploadAsset(stream, context) {
      const fault = use.faults.upload.take();
      const upload = await receiveUpload(stream, {
        folder: use.folder,
        now: use.now,
        taskFor: (id, host) => queue.held(id, host),
        received: (bytes) => {
          if (fault === null || bytes < fault.afterBytes) return;
          journal.record({ kind: 'fault', where: `upload cut after ${bytes} bytes` });
          context.values.get(connectionKey).cut();
          throw new ConnectError('cut', Code.Aborted);
        },
      });
      use.uploads.push(upload);
      journal.record({ kind: 'upload', clientId: context.values.get(callerKey), upload });
      return {};
    },
    finishTask(request) {
      const task = queue.held(request.taskId, request.hostId);
      expectUsualEnd(use, task, request);
      const complain = (how: string) => {
        const problem = `task ${task.id} (${task.kind}) ${how}`;
        journal.record({ kind: 'violation', rpc: 'FinishTask', problem });
      };
      if (isRequest(task) && task.acknowledged) complain('was answered twice');
      if (!queue.finish(task, outcomeOf(request))) complain('ended in another way before');
      journal.record({ kind: 'finished', task });
      return {};
    },
  };
}

function expectNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConnectError(problems.join('; '), Code.InvalidArgument);
}

/** A `hello` task is done by the Hello that names it; no FinishTask follows (c1-protocol.md §4.3). */
function endHello(use: Surroundings, task: TaskRecord): void {
  if (task.kind !== 'hello') {
    throw new ConnectError(`task_id ${task.id} is no hello task`, Code.InvalidArgument);
  }
  use.queue.finish(task, {
    ok: true,
    code: 0,
    message: '',
    nonRetryable: false,
    details: [],
    annotations: [],
    response: undefined,
  });
  use.journal.record({ kind: 'finished', task });
}

/** What every official FinishTask is like beyond the rules (c1-protocol.md §4.7, §4.9). */
function expectUsualEnd(
  use: Surroundings,
  task: TaskRecord,
  request: BatonServiceFinishTaskRequest,
): void {
  const { finalState, status } = request;
  const failed = finalState.case === 'error';
  if (failed !== ((status?.code ?? 0) !== 0)) {
    const problem = failed ? 'status must say why the task failed' : 'status contradicts success';
    throw new ConnectError(problem, Code.InvalidArgument);
  }
  // Of one that C1 took back nothing is expected.
  if (isRequest(task)) expectNone(answerProblems(task.message, request));
  const uploaded = use.uploads.some((upload) => upload.taskId === task.id);
  if (task.kind === 'sync_full' && !failed && !uploaded) {
    throw new ConnectError(`task ${task.id} has no upload`, Code.FailedPrecondition);
  }
}

function guard(use: Surroundings): Interceptor {
  const judge = (rpc: string, error: unknown, task: TaskRecord | undefined) => {
    if (!(error instanceof ConnectError)) return;
    if (isUnwanted(error)) {
      use.journal.record({ kind: 'unwanted', rpc, task });
      return;
    }
    const ours = [Code.InvalidArgument, Code.NotFound, Code.FailedPrecondition];
    if (!ours.includes(error.code)) return;
    use.journal.record({ kind: 'violation', rpc, problem: error.rawMessage });
  };
  return (next) => async (request) => {
    const rpc = request.method.name;
    const connection = request.contextValues.get(connectionKey);
    const fault = use.faults.rpc(rpc).take();
    if (fault !== null) await misbehave(use, fault, rpc, connection, request.signal);
    const caller: Credential | undefined = use.tokens.holder(request.header.get('authorization'));
    if (caller === undefined) throw new ConnectError('no valid token', Code.Unauthenticated);
    request.contextValues.set(callerKey, caller.clientId);
    const named = isMessage(request.message) ? taskNamedBy(use, request.message) : undefined;
    try {
      if (!request.stream && isMessage(request.message)) {
        expectNone(problemsOf(request.method.input, request.message));
      }
      const answer = await next(request);
      await loseAnswer(fault, connection);
      if (named !== undefined && rpc === 'FinishTask') named.acknowledged = true;
      return answer;
    } catch (error) {
      judge(rpc, error, named);
      throw error;
    }
  };
}

/** The task that a call is about. */
function taskNamedBy({ queue }: Surroundings, message: Message): TaskRecord | undefined {
  return 'taskId' in message && typeof message.taskId === 'string'
    ? queue.find(message.taskId)
    : undefined;
}

async function misbehave(
  use: Surroundings,
  fault: RpcFault,
  rpc: string,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  const when = 'when' in fault ? ` ${fault.when}` : '';
  use.journal.record({ kind: 'fault', where: `${rpc} ${fault.kind}${when}` });
  switch (fault.kind) {
    case 'code':
      throw new ConnectError('injected', fault.code);
    case 'delay':
      await wait(fault.ms, undefined, { signal });
      return;
    case 'hold':
      await fault.until;
      return;
    case 'hang':
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new ConnectError('gone', Code.Aborted)));
      });
      return;
    case 'drop':
      if (fault.when !== 'before') return;
      connection.cut();
      throw new ConnectError('cut', Code.Aborted);
    case 'reset':
      if (fault.when !== 'before') return;
      connection.reset(fault.code);
      throw new ConnectError('reset', Code.Aborted);
    case 'goaway':
      connection.goAway();
      return;
  }
}

/** C1 did all the work, and its answer doesn't arrive. */
async function loseAnswer(fault: RpcFault | null, connection: Connection): Promise<void> {
  if (fault?.kind === 'reset') connection.reset(fault.code);
  else if (fault?.kind === 'drop') {
    if (fault.when === 'mid') await connection.begin();
    connection.cut();
  } else return;
  throw new ConnectError('lost', Code.Aborted);
}

function duration(ms: number): Duration {
  const seconds = Math.floor(ms / 1000);
  return create(DurationSchema, { seconds: BigInt(seconds), nanos: (ms - seconds * 1000) * 1e6 });
}
