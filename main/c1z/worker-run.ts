import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { C1zRequest, C1zWritten } from './writer.ts';
import type { Result } from '../../shared/errors.ts';

/** What became of a request: the worker's result, or how it ended without one. */
export type WorkerEnd =
  | { readonly kind: 'answered'; readonly result: Result<C1zWritten> }
  /** `how`: the kind of an exception or an exit code; never its text, which may hold names. */
  | { readonly kind: 'broke'; readonly how: string };

/** A request being worked on beside the main thread. */
export interface WorkerRun {
  /** Never rejects. */
  readonly end: Promise<WorkerEnd>;
  /** Resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

/** Starts a fresh worker on one request. */
export type StartWorker = (request: C1zRequest) => WorkerRun;

/** Workers that are threads of this process. `url`: the built worker.ts. */
export function inThread(url: URL, options: WorkerOptions = {}): StartWorker {
  return (request) => {
    const worker = new Worker(url, options);
    const end = new Promise<WorkerEnd>((settle) => {
      worker.once('message', (result: Result<C1zWritten>) => settle({ kind: 'answered', result }));
      worker.once('error', (error) => settle({ kind: 'broke', how: nameOf(error) }));
      worker.once('exit', (code) => settle({ kind: 'broke', how: `exit code ${code}` }));
    });
    worker.postMessage(request);
    return {
      end,
      stop: async () => {
        await worker.terminate();
      },
    };
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
