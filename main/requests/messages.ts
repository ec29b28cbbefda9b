import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { TaskSchema, type Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { TaskRecord } from './records.ts';

/** A task as the book keeps it. */
export function keptMessage(task: Task): string {
  return Buffer.from(toBinary(TaskSchema, task)).toString('base64');
}

/** The task that the book kept. */
export function taskMessage({ message }: Pick<TaskRecord, 'message'>): Task {
  return fromBinary(TaskSchema, Buffer.from(message, 'base64'));
}
