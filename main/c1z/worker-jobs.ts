import type { Result } from '../../shared/errors.ts';
import type { AccessLists } from '../access/summary.ts';
import { writeC1z, type C1zRequest, type C1zWritten } from './writer.ts';

/** What is said to a worker: a job, and for a write the model's rows, each time it asks for more. */
export type ToWorker =
  | { readonly kind: 'write'; readonly request: WriteOrder }
  | { readonly kind: 'rows'; readonly rows: AccessLists; readonly last: boolean };

/** A request without its model, which follows in pieces: all at once it would block who sends it. */
export type WriteOrder = Omit<C1zRequest, 'model'>;

export type FromWorker =
  { readonly kind: 'more' } | { readonly kind: 'written'; readonly result: Result<C1zWritten> };

/**
 * The worker's side: give it what arrives. It does one job, answers once, and leaves the end of
 * the worker to the other side, who sees an exception by the worker's end.
 */
export function jobDesk(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let write: { readonly order: WriteOrder; readonly rows: Rows } | null = null;
  return (message) => {
    switch (message.kind) {
      case 'write':
        write = { order: message.request, rows: { resources: [], entitlements: [], grants: [] } };
        post({ kind: 'more' });
        return;
      case 'rows':
        if (write === null) throw new Error('Rows came before their order.');
        take(message.rows, write.rows);
        if (message.last) void finish({ ...write.order, model: write.rows }, post);
        else post({ kind: 'more' });
        return;
    }
  };
}

type Rows = { -readonly [List in keyof AccessLists]: AccessLists[List][number][] };

async function finish(request: C1zRequest, post: (message: FromWorker) => void): Promise<void> {
  post({ kind: 'written', result: await writeC1z(request) });
}

function take(rows: AccessLists, into: Rows): void {
  into.resources.push(...rows.resources);
  into.entitlements.push(...rows.entitlements);
  into.grants.push(...rows.grants);
}
