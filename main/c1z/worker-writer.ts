import { fail, type Result } from '../../shared/errors.ts';
import { writerBroke, writingCancelled } from './failures.ts';
import { piecesOf } from './pieces.ts';
import { removeTemporaryFiles } from './temporary.ts';
import { runJob, type StartWorker } from './worker-run.ts';
import type { C1zRequest, C1zWritten } from './writer.ts';

/**
 * Writes `.c1z` files in a worker, so that the main process never waits for SQLite. Each write has
 * a worker of its own, which takes its memory (much for many accounts) with it.
 */
export class WorkerWriter {
  readonly #start: StartWorker;

  constructor(start: StartWorker) {
    this.#start = start;
  }

  /**
   * As `writeC1z`. When the signal aborts it ends at once, as `cancelled`. A worker that breaks is
   * the failure `bug`; the next write has a fresh one.
   */
  async write({ model, ...request }: C1zRequest, signal: AbortSignal): Promise<Result<C1zWritten>> {
    const pieces = piecesOf(model);
    const end = await runJob<Result<C1zWritten>>(
      this.#start,
      { kind: 'write', request },
      (message, post) => {
        if (message.kind === 'written') return message.result;
        const next = pieces.next();
        if (next.done !== true) post({ kind: 'rows', ...next.value });
        return null;
      },
      signal,
    );
    if (end.kind === 'answered') return end.result;
    // It couldn't clear up after itself any more.
    await removeTemporaryFiles(request.path);
    return fail(signal.aborted ? writingCancelled : writerBroke(end.how));
  }
}
