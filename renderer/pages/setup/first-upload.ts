import type { Failure } from '../../../shared/errors.ts';
import type { Snapshot, UploadSummary } from '../../../shared/snapshot.ts';
import { progressOf } from '../../parts/sync-progress.ts';
import type { Progress } from '../../parts/sync-progress.ts';

/** After so long without a task, C1 waits for somebody to press Sync now (product.md §3). */
const QUIET_AFTER_MS = 2 * 60_000;

export type FirstUpload =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  /** C1 hasn't asked for a while. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'running'; readonly progress: Progress }
  | { readonly kind: 'failed'; readonly because: Failure }
  | { readonly kind: 'received'; readonly upload: UploadSummary };

/** How far the first upload has come. */
export function firstUploadOf(snapshot: Snapshot, now: number): FirstUpload {
  const { c1, sync, uploaded } = snapshot;
  if (c1.kind !== 'connected') return { kind: 'none' };
  const progress = sync.kind === 'reading' && sync.for === 'look' ? null : progressOf(sync);
  if (progress !== null) return { kind: 'running', progress };
  if (sync.kind === 'failed' && sync.for === 'c1') return { kind: 'failed', because: sync.because };
  if (uploaded !== null) return { kind: 'received', upload: uploaded };
  const quiet = c1.askedAt === null && now - c1.since >= QUIET_AFTER_MS;
  return { kind: quiet ? 'quiet' : 'waiting' };
}
