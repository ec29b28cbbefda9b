import type { Any } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Verdict } from './verdict.ts';

/** What C1 is told of a task that was a request (c1-protocol.md §4.7). */
export type RequestAnswer =
  | { readonly kind: 'success'; readonly annotations?: readonly Any[]; readonly response: Any }
  | {
      readonly kind: 'failure';
      readonly code: Code;
      readonly message: string;
      readonly nonRetryable: boolean;
      readonly details?: readonly Any[];
    };

/** Puts a verdict into the words and messages of C1. */
export function answerOf(_task: Task, verdict: Verdict): RequestAnswer {
  return { kind: 'failure', code: Code.Unimplemented, message: verdict.kind, nonRetryable: true };
}
