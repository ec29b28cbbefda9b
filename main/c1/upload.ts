import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { fail, type Failure, type Result } from '../../shared/errors.ts';
import type { BatonServiceUploadAssetRequestSchema } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Clock } from '../ports.ts';
import { isAborted } from './abort.ts';
import { c1Unreachable, failureOfCall, fileUnreadable, heals, uploadFailed } from './errors.ts';
import type { UploadProgress } from './task.ts';

export type UploadMessage = MessageInitShape<typeof BatonServiceUploadAssetRequestSchema>;

export interface Upload {
  readonly hostId: string;
  readonly taskId: string;
  /** The file to send; it must not change meanwhile. */
  readonly path: string;
  readonly onProgress: UploadProgress;
  readonly signal: AbortSignal;
  /** Opens a new stream, sends it these messages, and resolves with C1's answer. */
  readonly send: (
    messages: AsyncIterable<UploadMessage>,
    signal: AbortSignal,
  ) => Promise<Result<void>>;
  /** A try was broken off because nothing of it moved any more. */
  readonly onSilence: () => void;
}

const CHUNK = 512 * 1024;
/** For so long nothing may move: no chunk is taken, or after the last one no answer comes. */
const SILENCE_MS = 2 * 60_000;
/** How long to wait after a try that broke off; one more try follows each (c1-protocol.md §3.5). */
const WAITS = [0, 1000];

/**
 * Uploads a file by the grammar of c1-protocol.md §3.5: metadata, chunks of 512 KiB, the SHA-256
 * of it all. Every try starts from the first byte on a new stream.
 */
export async function uploadFile(upload: Upload, clock: Clock): Promise<Result<void>> {
  let refused = false;
  for (let attempt = 0; ; attempt += 1) {
    let result = await tryOnce(upload, clock);
    if (!refused && isRefused(result)) {
      // The token ran out on the way; that is no try, as with every other call.
      refused = true;
      result = await tryOnce(upload, clock);
    }
    if (result.ok) return result;
    const wait = WAITS[attempt];
    if (result.failure.code === 'diskFailed' || isAborted(upload.signal)) return result;
    if (wait === undefined) return fail(afterLastTry(result.failure));
    await clock.sleep(wait, upload.signal);
    if (isAborted(upload.signal)) return result;
  }
}

function isRefused(result: Result<void>): boolean {
  return !result.ok && result.failure.code === 'credentialRejected';
}

function afterLastTry(failure: Failure): Failure {
  return heals(failure) ? uploadFailed(failure.detail ?? failure.code) : failure;
}

async function tryOnce(upload: Upload, clock: Clock): Promise<Result<void>> {
  if (isAborted(upload.signal)) return fail(failureOfCall(upload.signal.reason, upload.signal));
  let file: FileHandle;
  try {
    file = await open(upload.path);
  } catch (error) {
    return fail(unreadable(error));
  }
  const reading: Reading = { file, failure: undefined, movedAt: clock.now() };
  const over = new AbortController();
  const silent = new AbortController();
  void untilSilent(reading, clock, over.signal).then((isSilent) => isSilent && silent.abort());
  try {
    const stop = AbortSignal.any([upload.signal, silent.signal]);
    const sent = await upload.send(messages(upload, reading, clock), stop);
    if (reading.failure !== undefined) return fail(reading.failure);
    if (sent.ok || isAborted(upload.signal) || !isAborted(silent.signal)) return sent;
    upload.onSilence();
    return fail(c1Unreachable('upload: silence'));
  } finally {
    over.abort();
    await file.close();
  }
}

/** Resolves with true once nothing has moved for too long, with false when it's over before. */
async function untilSilent(reading: Reading, clock: Clock, over: AbortSignal): Promise<boolean> {
  for (;;) {
    const left = reading.movedAt + SILENCE_MS - clock.now();
    if (left <= 0) return true;
    await clock.sleep(left, over);
    if (isAborted(over)) return false;
  }
}

interface Reading {
  readonly file: FileHandle;
  /** Set when the disk, not the network, broke the upload off. */
  failure: Failure | undefined;
  /** When the connection took the last message. */
  movedAt: number;
}

async function* messages(
  upload: Upload,
  reading: Reading,
  clock: Clock,
): AsyncGenerator<UploadMessage> {
  const { hostId, taskId, onProgress } = upload;
  yield { msg: { case: 'metadata', value: { hostId, taskId } } };
  reading.movedAt = clock.now();
  const hash = createHash('sha256');
  const { size } = await fromDisk(reading, (file) => file.stat());
  let sent = 0;
  onProgress(sent, size);
  for (;;) {
    const data = await fromDisk(reading, (file) => chunkAt(file, sent));
    if (data.length === 0) break;
    hash.update(data);
    yield { msg: { case: 'data', value: { data } } };
    reading.movedAt = clock.now();
    sent += data.length;
    onProgress(sent, size);
  }
  yield { msg: { case: 'eof', value: { sha256Checksum: hash.digest() } } };
  reading.movedAt = clock.now();
}

async function chunkAt(file: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, position);
  return buffer.subarray(0, bytesRead);
}

async function fromDisk<T>(reading: Reading, read: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await read(reading.file);
  } catch (error) {
    reading.failure = unreadable(error);
    throw error;
  }
}

function unreadable(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return fileUnreadable(code);
}
