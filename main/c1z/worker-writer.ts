import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { summarise, type ModelSummary } from '../access/summary.ts';
import type { AccessRead } from '../access/types.ts';
import type { Clock } from '../ports.ts';
import { writerBroke, writingCancelled } from './failures.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { removeTemporaryFiles } from './temporary.ts';
import type { AccessJob, FromWorker, ToWorker } from './worker-jobs.ts';
import { runJob, type JobEnd, type StartWorker } from './worker-run.ts';
import type { AccessWriter, AccessWritten, WriteOrder } from './writer.ts';

/** So few people are counted before a worker has even started, and block for a few milliseconds. */
const FEW_PEOPLE = 500;

/** Hears for how many people a file is about to be written. */
type Prepare = (people: number) => void;

/**
 * Makes models and writes `.c1z` files in a worker, so that the main process never waits for it.
 * Each job has a worker of its own, which takes its memory (much for many accounts) with it; few
 * people are worth none. When the signal aborts a job ends at once, as `cancelled`; a worker that
 * breaks is the failure `bug`.
 */
export class WorkerWriter implements AccessWriter {
  readonly #start: StartWorker;
  readonly #clock: Clock;
  readonly #inPlace: Prepare | null;

  /** @param inPlace has files written without a worker, which takes as much memory again */
  constructor(start: StartWorker, clock: Clock, inPlace: Prepare | null = null) {
    this.#start = start;
    this.#clock = clock;
    this.#inPlace = inPlace;
  }

  async summarise(read: AccessRead, signal: AbortSignal): Promise<Result<ModelSummary>> {
    if (peopleIn(read) <= FEW_PEOPLE) return succeed(summarise(read));
    const job = { kind: 'summarise', options: read.options } as const;
    const answerOf = (message: FromWorker): ModelSummary | null =>
      message.kind === 'summarised' ? message.summary : null;
    const end = await this.#run(read, job, answerOf, signal);
    return end.kind === 'answered' ? succeed(end.result) : fail(brokenOff(end.how, signal));
  }

  /** As `writeAccess`, of one organisation or more. */
  async write(
    read: AccessRead,
    order: WriteOrder,
    signal: AbortSignal,
  ): Promise<Result<AccessWritten>> {
    if (this.#inPlace !== null) {
      this.#inPlace(peopleIn(read));
      const { writeAccess } = await import('./writer.ts');
      return signal.aborted ? fail(writingCancelled) : await writeAccess(read, order, signal);
    }
    const job = { kind: 'write', options: read.options, order } as const;
    const answerOf = (message: FromWorker): Result<AccessWritten> | null =>
      message.kind === 'written' ? message.result : null;
    const end = await this.#run(read, job, answerOf, signal);
    if (end.kind === 'answered') return end.result;
    // It couldn't clear up after itself any more.
    await removeTemporaryFiles(order.path);
    return fail(brokenOff(end.how, signal));
  }

  #run<T>(
    { organisations }: AccessRead,
    job: AccessJob,
    answerOf: (message: FromWorker) => T | null,
    signal: AbortSignal,
  ): Promise<JobEnd<T>> {
    const pieces = piecesOf(organisations);
    return runJob<T>(
      this.#start,
      job,
      (message, post) => {
        if (message.kind === 'more') void this.#postNext(pieces, post);
        return answerOf(message);
      },
      signal,
    );
  }

  /** Posts a piece once everything else had its turn: a worker that asks quickly would let nothing else run. */
  async #postNext(
    pieces: Generator<Piece, void>,
    post: (message: ToWorker) => void,
  ): Promise<void> {
    await this.#clock.sleep(0);
    const next = pieces.next();
    if (next.done !== true) post({ kind: 'piece', piece: next.value });
  }
}

function peopleIn({ organisations }: AccessRead): number {
  return organisations.reduce((sum, { users }) => sum + users.length, 0);
}

function brokenOff(how: string, signal: AbortSignal): Failure {
  return signal.aborted ? writingCancelled : writerBroke(how);
}
