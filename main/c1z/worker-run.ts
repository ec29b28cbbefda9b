import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-jobs.ts';

/** A worker beside the main thread: a thread or a process of its own. */
export interface RunningWorker {
  post(message: ToWorker): void;
  /**
   * Resolves once it ended: with the kind of an exception or an exit code, never with its text,
   * which may hold names. Never rejects.
   */
  readonly ended: Promise<string>;
  /** Resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

/** Starts a fresh worker. */
export type StartWorker = (onMessage: (message: FromWorker) => void) => RunningWorker;

/** What became of a job: its answer, or how the worker ended without one. */
export type JobEnd<T> =
  | { readonly kind: 'answered'; readonly result: T }
  | { readonly kind: 'broke'; readonly how: string };

/** Workers that are threads of this process. `url`: the built worker.ts. */
export function inThread(url: URL, options: WorkerOptions = {}): StartWorker {
  return (onMessage) => {
    const worker = new Worker(url, options);
    worker.on('message', onMessage);
    const ended = new Promise<string>((settle) => {
      worker.once('error', (error) => settle(nameOf(error)));
      worker.once('exit', (code) => settle(`exit code ${code}`));
    });
    return {
      post: (message) => worker.postMessage(message),
      ended,
      stop: async () => {
        await worker.terminate();
      },
    };
  };
}

/**
 * Has a fresh worker do one job, and ends it. When the signal aborts, it ends at once.
 * @param heed hears all that the worker says, may say more to it, and returns the answer once it's there
 */
export async function runJob<T>(
  start: StartWorker,
  job: ToWorker,
  heed: (message: FromWorker, post: (message: ToWorker) => void) => T | null,
  signal: AbortSignal,
): Promise<JobEnd<T>> {
  let answer: (result: T) => void = () => undefined;
  const answered = new Promise<T>((resolve) => (answer = resolve));
  const worker = start((message) => {
    const result = heed(message, (more) => worker.post(more));
    if (result !== null) answer(result);
  });
  const stop = (): void => void worker.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else worker.post(job);
  const end = await Promise.race([
    answered.then((result): JobEnd<T> => ({ kind: 'answered', result })),
    worker.ended.then((how): JobEnd<T> => ({ kind: 'broke', how })),
  ]);
  signal.removeEventListener('abort', stop);
  await worker.stop();
  return end;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
