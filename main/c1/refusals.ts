import { Code } from '@connectrpc/connect';
import type { TaskKind, TaskOutcome } from './task.ts';

const REQUESTS: readonly (TaskKind | undefined)[] = [
  'grant',
  'revoke',
  'createAccount',
  'deleteResource',
];

/** Whether the kind asks for a change of access, which is done once the admin lets C1 send requests. */
export function isRequest(kind: TaskKind | undefined): boolean {
  return REQUESTS.includes(kind);
}

/**
 * The answer to a task that nothing here does (product.md §8). Final on purpose: unlike the
 * official client's, it isn't handed out again and again.
 * @param kind undefined for a kind that this app has never heard of
 */
export function refusal(kind: TaskKind | undefined): TaskOutcome {
  if (isRequest(kind)) {
    return {
      kind: 'failure',
      code: Code.FailedPrecondition,
      message: 'Requests from C1 are turned off in C1 Connector for Xero.',
      nonRetryable: true,
    };
  }
  return {
    kind: 'failure',
    code: Code.Unimplemented,
    message: 'C1 Connector for Xero doesn’t do this kind of task.',
    nonRetryable: true,
  };
}
