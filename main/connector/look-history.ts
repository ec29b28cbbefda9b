import type { Failure } from '../../shared/errors.ts';
import type { Organisation, XeroSignIn } from '../../shared/snapshot.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import { troubleOf, type HistoryLog } from './history.ts';

/** Records when looks at Xero begin to fail and when they are well again: once each, not every half hour. */
export class LookHistory {
  readonly #history: HistoryLog;
  #failing = false;

  constructor(history: HistoryLog) {
    this.#history = history;
  }

  /** A look that found nothing out; what a sync's look comes to is told by the sync. */
  failed(purpose: ReadPurpose, because: Failure): void {
    if (purpose === 'c1' || because.code === 'cancelled' || this.#failing) return;
    this.#failing = true;
    this.#history.record({ kind: 'look', what: 'failed', because: troubleOf(because) });
  }

  /** A look that found something out, with the organisations as they were shown before and are now. */
  looked(before: readonly XeroSignIn[], after: readonly XeroSignIn[]): void {
    if (this.#failing) this.#history.record({ kind: 'look', what: 'wellAgain' });
    this.#failing = false;
    const earlier = governed(before);
    for (const [id, { name, state }] of governed(after)) {
      const was = earlier.get(id)?.state.kind ?? 'unread';
      const wasBroken = was === 'failed' || was === 'missing';
      if ((state.kind === 'failed' || state.kind === 'missing') && !wasBroken) {
        const because = troubleOf(state.because);
        this.#history.record({ kind: 'organisation', what: 'unreadable', name, because });
      }
      if (state.kind === 'read' && wasBroken) {
        this.#history.record({ kind: 'organisation', what: 'readAgain', name });
      }
    }
  }
}

/** Each once, by lower-case id, however many sign-ins reach it. */
function governed(xero: readonly XeroSignIn[]): ReadonlyMap<string, Organisation> {
  const organisations = xero.flatMap((signIn) => signIn.organisations);
  return new Map(
    organisations.filter((each) => each.governed).map((each) => [each.id.toLowerCase(), each]),
  );
}
