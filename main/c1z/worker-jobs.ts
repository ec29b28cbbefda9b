import type { Result } from '../../shared/errors.ts';
import { summarise, type ModelSummary } from '../access/summary.ts';
import type { ModelOptions } from '../access/types.ts';
import type { FileRows, FileSummary } from './contents.ts';
import { Pieces, type Piece } from './pieces.ts';
import type { ReadOrder } from './reader.ts';
import type { AccessWritten, WriteOrder } from './writer.ts';

/** What is said to a worker: a job, and for one on access a piece of it each time it asks for more. */
export type ToWorker =
  | AccessJob
  | { readonly kind: 'piece'; readonly piece: Piece }
  | { readonly kind: 'read'; readonly order: ReadOrder };

/** A job on what was read, which follows in pieces: all at once it would block who sends it. */
export type AccessJob =
  | { readonly kind: 'summarise'; readonly options: ModelOptions }
  | { readonly kind: 'write'; readonly options: ModelOptions; readonly order: WriteOrder };

export type FromWorker =
  | { readonly kind: 'more' }
  | { readonly kind: 'summarised'; readonly summary: ModelSummary }
  | { readonly kind: 'written'; readonly result: Result<AccessWritten> }
  | { readonly kind: 'found'; readonly rows: FileRows }
  | { readonly kind: 'read'; readonly result: Result<FileSummary> };

/**
 * The worker's side: give it what arrives. It does one job, answers once, and leaves the end of
 * the worker to the other side, who sees an exception by the worker's end.
 */
export function jobDesk(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let job: { readonly order: AccessJob; readonly pieces: Pieces } | null = null;
  return (message) => {
    switch (message.kind) {
      case 'summarise':
      case 'write':
        job = { order: message, pieces: new Pieces() };
        post({ kind: 'more' });
        return;
      case 'piece':
        if (job === null) throw new Error('A piece came before its job.');
        job.pieces.add(message.piece);
        if (message.piece.last) void finish(job.order, job.pieces, post);
        else post({ kind: 'more' });
        return;
      case 'read':
        void read(message.order, post);
    }
  };
}

async function finish(
  job: AccessJob,
  { organisations }: Pieces,
  post: (message: FromWorker) => void,
): Promise<void> {
  const read = { organisations, options: job.options };
  switch (job.kind) {
    case 'summarise':
      post({ kind: 'summarised', summary: summarise(read) });
      return;
    case 'write': {
      const { writeAccess } = await import('./writer.ts');
      post({ kind: 'written', result: await writeAccess(read, job.order) });
    }
  }
}

/** Each job loads what it takes by itself: a reader needs SQLite's engine, which takes long to load. */
async function read(order: ReadOrder, post: (message: FromWorker) => void): Promise<void> {
  const { readC1z } = await import('./reader.ts');
  const result = readC1z(order, (rows) => post({ kind: 'found', rows }));
  post({ kind: 'read', result });
}
