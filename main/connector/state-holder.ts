import type { AppEvent, Snapshot } from '../../shared/snapshot.ts';
import type { Clock } from '../ports.ts';
import { reduce, type StateEvent } from './state.ts';

/** Holds the one snapshot: events go in, listeners hear of every change. */
export class StateHolder {
  #snapshot: Snapshot;
  readonly #clock: Clock;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();

  constructor(snapshot: Snapshot, clock: Clock) {
    this.#snapshot = snapshot;
    this.#clock = clock;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  tell(event: StateEvent): void {
    this.#snapshot = reduce(this.#snapshot, event);
    for (const listener of this.#listeners) listener(this.#snapshot);
  }

  /** Adds a line to the events that the status page shows. */
  note(text: string, tone: AppEvent['tone']): void {
    this.tell({ type: 'noted', event: { at: this.#clock.now(), text, tone } });
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
