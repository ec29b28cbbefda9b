import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import {
  createRouterTransport,
  type ConnectRouter,
  type HandlerContext,
} from '@connectrpc/connect';
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
  type BatonServiceHelloRequest,
  type BatonServiceUploadAssetRequest,
  type Task,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';

/** What the fake says to a poll. */
export interface Poll {
  readonly task?: Task;
  readonly nextPoll?: number;
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
  /** What its connection was told, in order: `renew`, `reset`, `close`. */
  readonly hangUps: string[] = [];
  polls = 0;

  onHello: (call: number) => void = nothing;
  onPoll: (call: number, context: HandlerContext) => Poll | Promise<Poll> = () => ({
    nextPoll: 60_000,
  });
  onHeartbeat: (call: number) => { cancelled?: boolean; next?: number } = () => ({});
  onFinish: (call: number) => void = nothing;
  /** Called with each message of an upload; throwing breaks the stream off. */
  onUpload: (message: BatonServiceUploadAssetRequest, attempt: number) => void | Promise<void> =
    nothing;

  connection(): Connection {
    const note = (what: string) => () => void this.hangUps.push(what);
    return {
      transport: createRouterTransport(this.routes),
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
          ...(nextPoll === undefined ? {} : { nextPoll: durationFromMs(nextPoll) }),
        };
      },
      heartbeat: (request, context) => {
        this.#note(context, request.hostId);
        this.heartbeats.push(request.taskId);
        const { cancelled = false, next } = this.onHeartbeat(this.heartbeats.length);
        return {
          cancelled,
          ...(next === undefined ? {} : { nextHeartbeat: durationFromMs(next) }),
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
  }
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
