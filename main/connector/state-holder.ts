import type { Snapshot } from '../../shared/snapshot.ts';
import { reduce, type StateEvent } from './state.ts';

/** Holds the one snapshot: events go in, listeners hear of every change. */
export class StateHolder {
  #snapshot: Snapshot;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  tell(event: StateEvent): void {
    this.#snapshot = reduce(this.#snapshot, event);
    for (const listener of this.#listeners) listener(this.#snapshot);
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
