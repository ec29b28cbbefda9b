import type { Code } from '@connectrpc/connect';
import type { Any } from '@bufbuild/protobuf/wkt';
import type { Result } from '../../shared/errors.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';

/** The kinds of task in C1's oneof (c1-protocol.md §3.4). */
export type TaskKind = NonNullable<Task['taskType']['case']>;

/** The kinds that end with a FinishTask: `hello` and `none` never do. */
export type AnsweredKind = Exclude<TaskKind, 'hello' | 'none'>;

/** How a task ended, as FinishTask tells it (c1-protocol.md §4.7). */
export type TaskOutcome =
  | {
      readonly kind: 'success';
      readonly annotations?: readonly Any[];
      /** The kind's own response message; `sync_full` has none. */
      readonly response?: Any;
    }
  | {
      readonly kind: 'failure';
      readonly code: Code;
      /** Shown in C1 to admins: plain words, no people's names. */
      readonly message: string;
      /** True when C1 shouldn't hand the task out again. */
      readonly nonRetryable: boolean;
      readonly details?: readonly Any[];
    };

/** Whether a later delivery of the task gets this answer again; otherwise it runs anew (product.md §8). */
export function isFinal(outcome: TaskOutcome): boolean {
  return outcome.kind === 'success' || outcome.nonRetryable;
}

/** Told while an upload goes on: bytes handed to the network so far, and in all. */
export type UploadProgress = (sent: number, of: number) => void;

export interface TaskContext {
  readonly taskId: string;
  /** Aborts when C1 cancels the task, when it is lost, or when the app stops. A second later nobody listens. */
  readonly signal: AbortSignal;
  /** Uploads a file for this task, with up to three tries. */
  readonly upload: (path: string, onProgress: UploadProgress) => Promise<Result<void>>;
}

/** Does one kind of task. Failures are outcomes; an exception counts as a bug. */
export type TaskHandler = (task: Task, context: TaskContext) => Promise<TaskOutcome>;

/**
 * Does a kind of task that waits for a person. It holds none of the slots that limit how many tasks
 * run at once, and when the app stops, it stays unanswered: C1 delivers it again later.
 */
export interface WaitingHandler {
  readonly slot: 'none';
  /** Whether C1 is told meanwhile that it is still worked on; the official client never does (c1-protocol.md §4.6). */
  readonly heartbeat?: 'yes' | 'no';
  readonly handle: TaskHandler;
}

/** What this app can do. Kinds without a handler are refused, and aren't declared as capabilities. */
export type TaskHandlers = Readonly<Partial<Record<AnsweredKind, TaskHandler | WaitingHandler>>>;

/** C1's task ids are KSUIDs; no message about another could pass the rules (c1-protocol.md §3.4). */
export function isTaskId(text: string): boolean {
  return /^[0-9A-Za-z]{27}$/.test(text);
}
