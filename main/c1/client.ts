import { durationMs, type Duration } from '@bufbuild/protobuf/wkt';
import {
  Code,
  ConnectError,
  createClient,
  type CallOptions,
  type Client,
} from '@connectrpc/connect';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { BatonService, type Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Clock } from '../ports.ts';
import { orAborted } from './abort.ts';
import type { Declared } from './capabilities.ts';
import type { Connection } from './connection.ts';
import { codeFromC1, failureOfCall, stopped } from './errors.ts';
import { finishRequest } from './finish.ts';
import { helloRequest, hostIdOf, type HostFacts } from './hello.ts';
import type { TaskOutcome, UploadProgress } from './task.ts';
import type { TokenProvider } from './token-source.ts';
import { uploadFile } from './upload.ts';

/** What C1 says to a poll. */
export interface Polled {
  readonly task: Task | undefined;
  /** C1's wish for the next poll in milliseconds, or undefined when it has none. */
  readonly nextPoll: number | undefined;
}

/** What C1 says to a poll for several tasks; an older C1 doesn't know that call. */
export type PolledMany =
  | {
      readonly kind: 'tasks';
      readonly tasks: readonly Task[];
      readonly nextPoll: number | undefined;
    }
  | { readonly kind: 'unsupported' };

/** What C1 says to a heartbeat. */
export interface Beat {
  /** The ids of tasks that C1 doesn't want any more, perhaps of others too. */
  readonly cancelled: readonly string[];
  /** C1's wish for the next one in milliseconds, or undefined when it has none. */
  readonly next: number | undefined;
}

export interface C1ClientOptions {
  readonly connection: Connection;
  readonly tokens: TokenProvider;
  readonly clock: Clock;
  readonly facts: HostFacts;
  readonly userAgent: string;
}

/** A result, and the gRPC code when C1 itself gave one. */
type Answered<T> = Result<T> & { readonly grpc?: Code };

type Options = CallOptions & { readonly signal?: AbortSignal };

// Deadlines in milliseconds. GetTask may be held open by C1 (c1-protocol.md §3.1); an upload has
// none, for it may last as long as it moves on (`upload.ts`).
const DEADLINE = { call: 30_000, getTask: 90_000, upload: undefined };
/** Of one answer or request (c1-protocol.md §3.4); what C1 sends beyond it isn't looked at. */
export const MOST_TASKS = 100;

/** C1's BatonService (c1-protocol.md §3.2), one method a call, failures as values. */
export class C1Client {
  readonly #service: Client<typeof BatonService>;
  readonly #options: C1ClientOptions;
  readonly #hostId: string;

  constructor(options: C1ClientOptions) {
    this.#service = createClient(BatonService, options.connection.transport);
    this.#options = options;
    this.#hostId = hostIdOf(options.facts);
  }

  /** Checks the credential without a Hello, which would register the connector. */
  async authenticate(): Promise<Result<void>> {
    const authorization = await this.#options.tokens.authorization();
    return authorization.ok ? succeed() : authorization;
  }

  /** Introduces the connector; with a task id it also completes that hello task (§4.3). */
  async hello(declared: Declared, taskId: string, signal?: AbortSignal): Promise<Result<void>> {
    const request = helloRequest(this.#options.facts, declared, taskId);
    const answer = await this.#unary(DEADLINE.call, signal, (options) =>
      this.#service.hello(request, options),
    );
    return answer.ok ? succeed() : answer;
  }

  /** Asks for one task (§4.4). */
  async getTask(signal?: AbortSignal): Promise<Result<Polled>> {
    const answer = await this.#unary(DEADLINE.getTask, signal, (options) =>
      this.#service.getTask({ hostId: this.#hostId }, options),
    );
    if (!answer.ok) return answer;
    return succeed({ task: answer.value.task, nextPoll: milliseconds(answer.value.nextPoll) });
  }

  /** Asks for several tasks at once, apart from those that are known here (§4.5). */
  async getTasks(
    wanted: { readonly pageSize: number; readonly knownTaskIds: readonly string[] },
    signal?: AbortSignal,
  ): Promise<Result<PolledMany>> {
    const request = { hostId: this.#hostId, ...wanted, knownTaskIds: [...wanted.knownTaskIds] };
    const answer = await this.#unary(DEADLINE.getTask, signal, (options) =>
      this.#service.getTasks(request, options),
    );
    if (answer.ok) {
      const { tasks, nextPoll } = answer.value;
      const taken = tasks.slice(0, MOST_TASKS);
      return succeed({ kind: 'tasks', tasks: taken, nextPoll: milliseconds(nextPoll) });
    }
    return answer.grpc === Code.Unimplemented ? succeed({ kind: 'unsupported' }) : answer;
  }

  /** Says that the task is still worked on (§4.6). */
  async heartbeat(taskId: string, signal?: AbortSignal): Promise<Result<Beat>> {
    const answer = await this.#unary(DEADLINE.call, signal, (options) =>
      this.#service.heartbeat({ hostId: this.#hostId, taskId }, options),
    );
    if (!answer.ok) return answer;
    const { cancelled, cancelledTaskIds, nextHeartbeat } = answer.value;
    return succeed({
      cancelled: cancelled ? [taskId, ...cancelledTaskIds] : cancelledTaskIds,
      next: milliseconds(nextHeartbeat),
    });
  }

  /** Tells how the task ended (§4.7). */
  async finishTask(
    taskId: string,
    outcome: TaskOutcome,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    const request = finishRequest(this.#hostId, taskId, outcome);
    const answer = await this.#unary(DEADLINE.call, signal, (options) =>
      this.#service.finishTask(request, options),
    );
    return answer.ok ? succeed() : answer;
  }

  /** Uploads a file for the task, with up to three tries (§3.5). */
  async uploadAsset(
    taskId: string,
    path: string,
    onProgress: UploadProgress,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const upload = { hostId: this.#hostId, taskId, path, onProgress, signal };
    return await uploadFile(
      {
        ...upload,
        send: async (messages, stop) => {
          const answer = await this.#call(DEADLINE.upload, stop, (options) =>
            this.#service.uploadAsset(messages, options),
          );
          return answer.ok ? succeed() : answer;
        },
        // The next try doesn't go over the connection that this one hung on.
        onSilence: () => this.#options.connection.renew(),
      },
      this.#options.clock,
    );
  }

  /** After sleep, or on another network: what the connection seems to be no longer counts. */
  reset(): void {
    this.#options.connection.reset();
  }

  close(): void {
    this.#options.connection.close();
  }

  /** A call that may be repeated: once more, with a fresh token, when C1 refused the one it had. */
  async #unary<T>(
    timeoutMs: number,
    signal: AbortSignal | undefined,
    send: (options: Options) => Promise<T>,
  ): Promise<Answered<T>> {
    const first = await this.#call(timeoutMs, signal, send);
    if (first.ok || first.grpc !== Code.Unauthenticated) return first;
    return await this.#call(timeoutMs, signal, send);
  }

  async #call<T>(
    timeoutMs: number | undefined,
    signal: AbortSignal | undefined,
    send: (options: Options) => Promise<T>,
  ): Promise<Answered<T>> {
    const asked = this.#options.tokens.authorization();
    const authorization = await (signal === undefined ? asked : orAborted(asked, signal));
    if (authorization === undefined) return fail(stopped);
    if (!authorization.ok) return authorization;
    const headers = { authorization: authorization.value, 'user-agent': this.#options.userAgent };
    try {
      return succeed(
        await send({
          headers,
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
          ...(signal === undefined ? {} : { signal }),
        }),
      );
    } catch (error) {
      const grpc = codeFromC1(error);
      const { code } = ConnectError.from(error);
      // What doesn't answer calls may still answer pings, as a gateway in between does.
      if (code === Code.DeadlineExceeded) this.#options.connection.renew();
      if (code === Code.Unauthenticated) this.#options.tokens.drop(authorization.value);
      return { ...fail(failureOfCall(error, signal)), ...(grpc !== undefined && { grpc }) };
    }
  }
}

function milliseconds(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : durationMs(duration);
}
