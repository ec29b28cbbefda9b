import type { TaskHandlers, WaitingHandler } from '../c1/task.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { RequestAnswer } from '../requests/answers.ts';

/** Answers a task once Xero shows what it asks for; the signal aborts when nobody waits for it any more. */
export type HandleRequest = (task: Task, signal: AbortSignal) => Promise<RequestAnswer>;

/** The kinds of task that become requests: they wait for a person, and hold no slot meanwhile. */
export function requestHandlers(
  handle: HandleRequest,
  heartbeat: 'yes' | 'no',
): Pick<TaskHandlers, 'grant' | 'revoke' | 'createAccount' | 'deleteResource'> {
  const waiting: WaitingHandler = {
    slot: 'none',
    heartbeat,
    handle: (task, { signal }) => handle(task, signal),
  };
  return { grant: waiting, revoke: waiting, createAccount: waiting, deleteResource: waiting };
}
