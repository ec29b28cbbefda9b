import { Worker, type WorkerOptions } from 'node:worker_threads';
import { fail, type Result } from '../../shared/errors.ts';
import { writerBroke, writingCancelled } from './failures.ts';
import { removeTemporaryFiles } from './temporary.ts';
import type { C1zRequest, C1zWritten } from './writer.ts';

interface Running {
  readonly cancel: () => void;
  readonly ended: Promise<Result<C1zWritten>>;
}

/**
 * Writes `.c1z` files in a worker thread, so that the main process never waits for SQLite. Each
 * write has a worker of its own, which takes its memory (much for many accounts) with it.
 */
export class WorkerWriter {
  readonly #url: URL;
  readonly #options: WorkerOptions;
  readonly #running = new Set<Running>();

  /** `url`: the built worker.ts. */
  constructor(url: URL, options: WorkerOptions = {}) {
    this.#url = url;
    this.#options = options;
  }

  /** As `writeC1z`. A worker that breaks is the failure `bug`; the next write has a fresh one. */
  async write(request: C1zRequest): Promise<Result<C1zWritten>> {
    const worker = new Worker(this.#url, this.#options);
    const cancellation = new AbortController();
    const answer = answerOf(worker, cancellation.signal);
    worker.postMessage(request);
    const running = {
      cancel: () => cancellation.abort(),
      ended: finish(worker, answer, request.path),
    };
    this.#running.add(running);
    try {
      return await running.ended;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Ends all workers; what they were writing fails as `cancelled` and leaves nothing behind. */
  async close(): Promise<void> {
    const running = [...this.#running];
    for (const { cancel } of running) cancel();
    await Promise.all(running.map(({ ended }) => ended));
  }
}

/** The first of: the result, an exception in the worker, its end without a result, cancellation. */
function answerOf(worker: Worker, cancelled: AbortSignal): Promise<Result<C1zWritten>> {
  return new Promise((settle) => {
    worker.once('message', (result: Result<C1zWritten>) => settle(result));
    worker.once('error', (error) => settle(fail(writerBroke(nameOf(error)))));
    worker.once('exit', (code) => settle(fail(writerBroke(`exit code ${code}`))));
    cancelled.addEventListener('abort', () => settle(fail(writingCancelled)));
  });
}

/** The kind of an exception; its text may hold names. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** Waits for the answer and for the end of the worker; clears up what a broken one left. */
async function finish(
  worker: Worker,
  answer: Promise<Result<C1zWritten>>,
  path: string,
): Promise<Result<C1zWritten>> {
  const result = await answer;
  await worker.terminate();
  if (!result.ok) await removeTemporaryFiles(path);
  return result;
}
