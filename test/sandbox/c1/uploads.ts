import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Code, ConnectError } from '@connectrpc/connect';
import {
  BatonServiceUploadAssetRequestSchema,
  type BatonServiceUploadAssetRequest,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { problemsOf } from './check.ts';
import { decodeAsset, type DecodedAsset, type SyncType } from './decode.ts';
import { ksuid } from './ksuid.ts';
import type { TaskRecord } from './queue.ts';

/** One asset that arrived whole, with the right digest. */
export interface Upload {
  readonly taskId: string;
  readonly hostId: string;
  readonly file: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly sha256: string;
  readonly receivedAt: number;
  readonly content: DecodedAsset;
}

interface Receiving {
  readonly folder: string;
  readonly now: () => number;
  /** The task the upload is for; throws when the host doesn't hold it. */
  readonly taskFor: (id: string, host: string) => TaskRecord;
  /** Called after each chunk with the bytes so far; never returns when a fault cuts the connection. */
  readonly received: (bytes: number) => void;
}

type Stream = AsyncIterable<BatonServiceUploadAssetRequest>;
type Message = BatonServiceUploadAssetRequest['msg'];

/** INVALID_ARGUMENT, with what broke the grammar. */
function broken(problem: string): ConnectError {
  return new ConnectError(problem, Code.InvalidArgument);
}

/**
 * Takes one UploadAsset stream: one metadata, one or more data, one eof with the SHA-256 of all data,
 * half-close (c1-protocol.md §3.5). Keeps the file in the folder and decodes it.
 */
export async function receiveUpload(stream: Stream, use: Receiving): Promise<Upload> {
  const messages = checked(stream)[Symbol.asyncIterator]();
  const first = await next(messages);
  if (first?.case !== 'metadata') throw broken('msg must be metadata in the first message');
  const { taskId, hostId } = first.value;
  const task = use.taskFor(taskId, hostId);
  if (task.endedAt !== null || task.cancelled) {
    // A caller who may not know of the cancellation yet breaks no rule: one answer can be lost.
    const code =
      task.endedAt !== null || task.toldCancelled > 1 ? Code.FailedPrecondition : Code.Aborted;
    throw new ConnectError(`task ${taskId} takes no upload any more`, code);
  }
  const file = join(use.folder, ksuid(use.now()));
  try {
    const received = await receiveFile(messages, file, use.received);
    const content = await decodeAsset(file, syncTypeOf(task));
    return { taskId, hostId, file, ...received, receivedAt: use.now(), content };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** The type that the official runner writes for such a task (c1-protocol.md §4.9). */
function syncTypeOf({ message: { taskType } }: TaskRecord): SyncType {
  if (taskType.case !== 'syncFull') return 'full';
  if (taskType.value.targetedSyncResources.length > 0) return 'partial';
  return taskType.value.skipEntitlementsAndGrants ? 'resources_only' : 'full';
}

async function receiveFile(
  messages: AsyncIterator<Message>,
  file: string,
  received: (bytes: number) => void,
): Promise<{ bytes: number; chunks: number; sha256: string }> {
  const disk = await open(file, 'wx', 0o600);
  const digest = createHash('sha256');
  let bytes = 0;
  let chunks = 0;
  try {
    let message = await next(messages);
    for (; message?.case === 'data'; message = await next(messages)) {
      const { data } = message.value;
      digest.update(data);
      await disk.appendFile(data);
      bytes += data.byteLength;
      chunks += 1;
      received(bytes);
    }
    if (message === undefined) throw broken('the stream ended before eof');
    if (message.case !== 'eof') throw broken('msg must not be metadata a second time');
    if (chunks === 0) throw broken('msg must be data before eof');
    const expected = digest.digest();
    if (!expected.equals(message.value.sha256Checksum)) {
      throw broken("eof.sha256_checksum isn't the SHA-256 of the data");
    }
    if ((await next(messages)) !== undefined) throw broken('msg must not follow eof');
    return { bytes, chunks, sha256: expected.toString('hex') };
  } finally {
    await disk.close();
  }
}

async function* checked(stream: Stream): AsyncIterable<Message> {
  for await (const message of stream) {
    const [problem] = problemsOf(BatonServiceUploadAssetRequestSchema, message);
    if (problem !== undefined) throw broken(problem);
    yield message.msg;
  }
}

async function next(messages: AsyncIterator<Message>): Promise<Message | undefined> {
  const result = await messages.next();
  return result.done === true ? undefined : result.value;
}
