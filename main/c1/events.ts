import type { Failure } from '../../shared/errors.ts';
import type { TaskKind, TaskOutcome } from './task.ts';

/** What the task loop tells its owner. Times are milliseconds since 1970. */
export type C1Event =
  /** Checking the credential, then greeting C1 as a connector; again before each new try. */
  | { readonly kind: 'verifying'; readonly step: 'credential' | 'connector' }
  /** C1 took the Hello. */
  | { readonly kind: 'connected'; readonly at: number }
  /** C1 answered a poll, which also ends `offline` and `rejected`. */
  | { readonly kind: 'answered'; readonly at: number }
  /** Something that heals by itself; `because.retryAt` says when it is tried again. */
  | { readonly kind: 'offline'; readonly because: Failure }
  /**
   * Something that the admin must mend. With `because.retryAt` the loop still tries again: C1 had
   * accepted the credential before. Without it, the loop has ended.
   */
  | { readonly kind: 'rejected'; readonly because: Failure }
  | {
      readonly kind: 'taskReceived';
      readonly taskId: string;
      /** Undefined for a kind that this app has never heard of. */
      readonly task: TaskKind | undefined;
      readonly at: number;
    }
  | {
      readonly kind: 'taskFinished';
      readonly taskId: string;
      readonly task: TaskKind | undefined;
      readonly at: number;
      /** What was answered; null for a hello task, which the Hello answers. */
      readonly outcome: TaskOutcome | null;
      /** Whether C1 has acknowledged the answer. */
      readonly delivered: boolean;
      /** Whether C1 won’t have it, as it doesn’t wait for this task any more. */
      readonly refused: boolean;
      /** Why the task was broken off from outside, if it was. */
      readonly brokenOff: Failure | null;
    };
