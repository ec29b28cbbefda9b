import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  BatonServiceFinishTaskRequestSchema,
  type BatonServiceFinishTaskRequest,
} from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { TaskOutcome } from './task.ts';

/** The rules let a message carry this many annotations (c1-protocol.md §3.4). */
const MOST_ANNOTATIONS = 16;
/** In characters: a sentence, not a report. */
const LONGEST_MESSAGE = 4096;
/** In bytes. gRPC servers refuse messages over 4 MiB unless told otherwise; the rest is for what else a request holds. */
const LARGEST = 3_900_000;

/** The FinishTask that tells how a task ended (c1-protocol.md §4.7). */
export function finishRequest(
  hostId: string,
  taskId: string,
  outcome: TaskOutcome,
): BatonServiceFinishTaskRequest {
  return create(BatonServiceFinishTaskRequestSchema, {
    hostId,
    taskId,
    ...finalStateOf(withinRules(outcome)),
  });
}

/**
 * The outcome as the rules of §3.4 and the size of a message allow it. What is done stays done: of
 * a success that is too large the annotations go first, then the response.
 */
export function withinRules(outcome: TaskOutcome): TaskOutcome {
  if (outcome.kind === 'success') {
    const { response, annotations = [] } = outcome;
    const kept = annotations.slice(0, MOST_ANNOTATIONS);
    const whole = { kind: 'success', annotations: kept, ...(response && { response }) } as const;
    if (fits(whole)) return whole;
    const bare = { kind: 'success', ...(response && { response }) } as const;
    return fits(bare) ? bare : { kind: 'success' };
  }
  const { details = [], message, ...rest } = outcome;
  // A cut may leave the first half of a character, which can't be encoded.
  const cut = message.slice(0, LONGEST_MESSAGE).replace(/\p{Surrogate}$/u, '');
  const shorter = { ...rest, message: cut };
  const whole = { ...shorter, details: details.slice(0, MOST_ANNOTATIONS) };
  return fits(whole) ? whole : shorter;
}

function fits(outcome: TaskOutcome): boolean {
  const request = create(BatonServiceFinishTaskRequestSchema, finalStateOf(outcome));
  return toBinary(BatonServiceFinishTaskRequestSchema, request).length <= LARGEST;
}

function finalStateOf(
  outcome: TaskOutcome,
): Pick<MessageInitShape<typeof BatonServiceFinishTaskRequestSchema>, 'status' | 'finalState'> {
  if (outcome.kind === 'success') {
    const { annotations = [], response } = outcome;
    const value = { annotations: [...annotations], ...(response && { response }) };
    return { finalState: { case: 'success', value } };
  }
  const { code, message, details = [], nonRetryable } = outcome;
  return {
    status: { code, message, details: [...details] },
    finalState: { case: 'error', value: { nonRetryable } },
  };
}
