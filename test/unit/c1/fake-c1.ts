import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs, type DurationSchema } from '@bufbuild/protobuf/wkt';
import {
  createConnectRouter,
  type ConnectRouter,
  type HandlerContext,
  type Interceptor,
  type Transport,
} from '@connectrpc/connect';
import {
  createUniversalHandlerClient,
  type UniversalClientFn,
  type UniversalClientResponse,
} from '@connectrpc/connect/protocol';
import { createTransport } from '@connectrpc/connect/protocol-grpc';
import { compressionGzip } from '@connectrpc/connect-node';
import { createHash } from 'node:crypto';
import { C1Client } from '../../../main/c1/client.ts';
import type { Connection } from '../../../main/c1/connection.ts';
import type { HostFacts } from '../../../main/c1/hello.ts';
import type { TaskKind } from '../../../main/c1/task.ts';
import type { TokenProvider } from '../../../main/c1/token-source.ts';
import { succeed, type Result } from '../../../shared/errors.ts';
import type { Clock } from '../../../main/ports.ts';
import {
  BatonService,
  TaskSchema,
  type BatonServiceFinishTaskRequest,
  type BatonServiceGetTasksRequest,
  type BatonServiceHelloRequest,
  type BatonServiceUploadAssetRequest,
  type Task,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';

/** In milliseconds, or as it stands on the wire. */
type Wish = number | MessageInitShape<typeof DurationSchema>;

/** What the fake says to a poll. */
export interface Poll {
  readonly task?: Task;
  readonly nextPoll?: Wish;
}

/** What the fake says to a poll for several tasks. */
export interface PollMany {
  readonly tasks?: readonly Task[];
  readonly nextPoll?: Wish;
}

/** What the fake says to a heartbeat. */
export interface HeartbeatAnswer {
  readonly cancelled?: boolean;
  readonly cancelledTaskIds?: readonly string[];
  readonly next?: Wish;
}

/** What one upload stream brought. */
export interface Uploaded {
  readonly taskId: string;
  readonly sizes: readonly number[];
  readonly sha256: string;
  /** The digest that the stream itself claimed. */
  readonly claimed: string;
  readonly order: readonly (string | undefined)[];
}

/** A BatonService in memory. Tests script its answers and read what it was told. */
export class FakeC1 {
  readonly hellos: BatonServiceHelloRequest[] = [];
  readonly heartbeats: string[] = [];
  readonly finished: BatonServiceFinishTaskRequest[] = [];
  readonly uploads: Uploaded[] = [];
  readonly authorizations: (string | null)[] = [];
  readonly userAgents: (string | null)[] = [];
  readonly hostIds = new Set<string>();
  /** How long the last call of each kind would wait, in milliseconds. */
  readonly deadlines = new Map<string, number | undefined>();
  /** What each poll for several tasks asked for. */
  readonly wanted: BatonServiceGetTasksRequest[] = [];
  /** What its connection was told, in order: `renew`, `reset`, `close`. */
  readonly hangUps: string[] = [];
  /** What answers calls in C1's place, such as a sign-in page; it may throw what the network would. */
  between: (() => UniversalClientResponse) | undefined;
  polls = 0;

  onHello: (call: number) => void = nothing;
  onPoll: (call: number, context: HandlerContext) => Poll | Promise<Poll> = () => ({
    nextPoll: 60_000,
  });
  onPollMany: (call: number, request: BatonServiceGetTasksRequest) => PollMany = () => ({
    nextPoll: 60_000,
  });
  onHeartbeat: (call: number, taskId: string) => HeartbeatAnswer | Promise<HeartbeatAnswer> =
    () => ({});
  onFinish: (call: number) => void = nothing;
  /** Called with each message of an upload; throwing breaks the stream off. */
  onUpload: (message: BatonServiceUploadAssetRequest, attempt: number) => void | Promise<void> =
    nothing;

  #handlers: UniversalClientFn | undefined;

  connection(): Connection {
    const note = (what: string) => () => void this.hangUps.push(what);
    return {
      transport: overGrpc((request) => this.#answer(request)),
      renew: note('renew'),
      reset: note('reset'),
      close: note('close'),
    };
  }

  readonly routes = (router: ConnectRouter): void => {
    let attempts = 0;
    router.service(BatonService, {
      hello: (request, context) => {
        this.#note(context, request.hostId);
        this.hellos.push(request);
        this.onHello(this.hellos.length);
        return {};
      },
      getTask: async (request, context) => {
        this.#note(context, request.hostId);
        this.polls += 1;
        const { task, nextPoll } = await this.onPoll(this.polls, context);
        return {
          ...(task === undefined ? {} : { task }),
          ...(nextPoll === undefined ? {} : { nextPoll: durationOf(nextPoll) }),
        };
      },
      getTasks: (request, context) => {
        this.#note(context, request.hostId);
        this.wanted.push(request);
        const { tasks = [], nextPoll } = this.onPollMany(this.wanted.length, request);
        return {
          tasks: [...tasks],
          ...(nextPoll === undefined ? {} : { nextPoll: durationOf(nextPoll) }),
        };
      },
      heartbeat: async (request, context) => {
        this.#note(context, request.hostId);
        this.heartbeats.push(request.taskId);
        const answer = await this.onHeartbeat(this.heartbeats.length, request.taskId);
        const { cancelled = false, cancelledTaskIds = [], next } = answer;
        return {
          cancelled,
          cancelledTaskIds: [...cancelledTaskIds],
          ...(next === undefined ? {} : { nextHeartbeat: durationOf(next) }),
        };
      },
      finishTask: (request, context) => {
        this.#note(context, request.hostId);
        this.onFinish(this.finished.length + 1);
        this.finished.push(request);
        return {};
      },
      uploadAsset: async (messages, context) => {
        attempts += 1;
        this.uploads.push(await this.#receive(messages, context, attempts));
        return {};
      },
    });
  };

  #answer(request: Parameters<UniversalClientFn>[0]): Promise<UniversalClientResponse> {
    this.#handlers ??= createUniversalHandlerClient(handlersOf(this.routes));
    const { between } = this;
    return between === undefined
      ? this.#handlers(request)
      : new Promise((resolve) => resolve(between()));
  }

  async #receive(
    messages: AsyncIterable<BatonServiceUploadAssetRequest>,
    context: HandlerContext,
    attempt: number,
  ): Promise<Uploaded> {
    const hash = createHash('sha256');
    const order: (string | undefined)[] = [];
    const sizes: number[] = [];
    let taskId = '';
    let claimed = '';
    for await (const message of messages) {
      await this.onUpload(message, attempt);
      order.push(message.msg.case);
      if (message.msg.case === 'metadata') {
        this.#note(context, message.msg.value.hostId);
        taskId = message.msg.value.taskId;
      } else if (message.msg.case === 'data') {
        hash.update(message.msg.value.data);
        sizes.push(message.msg.value.data.length);
      } else if (message.msg.case === 'eof') {
        claimed = Buffer.from(message.msg.value.sha256Checksum).toString('hex');
      }
    }
    return { taskId, sizes, sha256: hash.digest('hex'), claimed, order };
  }

  #note(context: HandlerContext, hostId: string): void {
    this.authorizations.push(context.requestHeader.get('authorization'));
    this.userAgents.push(context.requestHeader.get('user-agent'));
    this.hostIds.add(hostId);
    this.deadlines.set(context.method.name, context.timeoutMs());
  }
}

function durationOf(wish: Wish) {
  return typeof wish === 'number' ? durationFromMs(wish) : wish;
}

function handlersOf(routes: (router: ConnectRouter) => void) {
  const router = createConnectRouter();
  routes(router);
  return router.handlers;
}

/** gRPC as over a network, so that C1's errors are told from others. */
export function overGrpc(
  httpClient: UniversalClientFn,
  interceptors: Interceptor[] = [],
): Transport {
  return createTransport({
    httpClient,
    baseUrl: 'https://in-memory',
    useBinaryFormat: true,
    interceptors,
    acceptCompression: [compressionGzip],
    sendCompression: null,
    compressMinBytes: 1024,
    readMaxBytes: 4 * 1024 * 1024,
    writeMaxBytes: 0xffffffff,
  });
}

/** Tokens `t1`, `t2`, …: a new one each time the last was dropped. */
export class FakeTokens implements TokenProvider {
  made = 1;
  next: () => Result<string> = () => succeed(`Bearer t${this.made}`);

  authorization(): Promise<Result<string>> {
    return Promise.resolve(this.next());
  }

  drop(authorization: string): void {
    if (authorization === `Bearer t${this.made}`) this.made += 1;
  }
}

export const FACTS: HostFacts = {
  hostId: '0f3c1d52-9d2e-4c5e-9f38-0a0a0a0a0a0a',
  hostname: 'reception',
  os: 'linux',
  platform: 'debian',
  platformVersion: '12.4',
  platformFamily: 'debian',
  kernelVersion: '6.1.0',
  kernelArch: 'x86_64',
  virtualizationSystem: 'none',
  langVersion: 'node v24.4.0',
  packageName: 'c1-xero',
  packageVersion: '0.1.0',
};

export function makeClient(
  connection: Connection,
  clock: Clock,
  tokens: TokenProvider = new FakeTokens(),
): C1Client {
  return new C1Client({ connection, tokens, clock, facts: FACTS, userAgent: 'c1-xero/0.1.0' });
}

/** A task id in C1's form: 27 letters and digits. */
export function taskId(number: number): string {
  return `2abcdefghijklmnopqrstuv${String(number).padStart(4, '0')}`;
}

export function makeTask(
  number: number,
  taskType?: MessageInitShape<typeof TaskSchema>['taskType'],
): Task {
  return create(TaskSchema, {
    id: taskId(number),
    ...(taskType === undefined ? {} : { taskType }),
  });
}

/** A task of a kind that needs no content. */
export function taskOfKind(number: number, kind: TaskKind): Task {
  return makeTask(number, { case: kind, value: {} });
}

function nothing(): void {
  // Nothing is done unless a test says so.
}
