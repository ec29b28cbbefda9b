import { create, toBinary } from '@bufbuild/protobuf';
import type { AccountResource } from '../access/types.ts';
import type { C1Event } from '../c1/events.ts';
import { resourceMessage } from '../c1z/messages.ts';
import { ResourceSchema } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type { Inbox } from '../requests/inbox.ts';

/** Tells the inbox what became of a task with this C1. One that the app's stopping broke off stays open. */
export function followRequest(inbox: Inbox, host: string, event: C1Event): void {
  if (event.kind !== 'taskFinished' || event.outcome === null) return;
  const { taskId, brokenOff, refused, outcome } = event;
  if (outcome.kind === 'failure' && brokenOff !== null) {
    const isCancelled = brokenOff.code === 'c1TaskCancelled';
    return inbox.finished(host, taskId, isCancelled ? 'cancelled' : 'notAwaited');
  }
  inbox.finished(host, taskId, refused ? 'refused' : 'answered');
}

/** An account as the bytes of a `Resource`, as a sync writes it. */
export function accountMessage(account: AccountResource): Uint8Array {
  return toBinary(ResourceSchema, create(ResourceSchema, resourceMessage(account)));
}
