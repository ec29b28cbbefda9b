import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ConnectorBridge, Intents } from '../shared/intents.ts';
import type { Snapshot } from '../shared/snapshot.ts';
import type { Ticker } from './clock.ts';

/** The newest snapshot that the main process pushed, and word of each change. */
interface SnapshotStore {
  /** Null until the first snapshot has come. */
  readonly current: () => Snapshot | null;
  readonly subscribe: (changed: () => void) => () => void;
}

/** Follows the main process's snapshot for as long as the window lives. */
export function openSnapshotStore(
  bridge: Pick<ConnectorBridge, 'snapshot' | 'onSnapshot'>,
): SnapshotStore {
  let current: Snapshot | null = null;
  const listeners = new Set<() => void>();
  const take = (snapshot: Snapshot) => {
    current = snapshot;
    for (const listener of listeners) listener();
  };
  bridge.onSnapshot(take);
  void bridge.snapshot().then((first) => {
    // A push that overtook this answer is newer.
    if (current === null) take(first);
  });
  return {
    current: () => current,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** What the window gets from outside itself. */
export interface Surroundings {
  readonly intents: Intents;
  readonly snapshots: SnapshotStore;
  readonly ticker: Ticker;
}

const SurroundingsContext = createContext<Surroundings | null>(null);

export const SurroundingsProvider = SurroundingsContext.Provider;

function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error('No SurroundingsProvider above this component');
  return surroundings;
}

export function useIntents(): Intents {
  return useSurroundings().intents;
}

export function useSnapshot(): Snapshot | null {
  const { snapshots } = useSurroundings();
  return useStore(snapshots);
}

/** The time in milliseconds since 1970, renewed with the one ticker that all of the window shares. */
export function useNow(): number {
  const { ticker } = useSurroundings();
  return useStore(ticker);
}

/** What a store says now; the third argument lets tests draw the window without a browser. */
function useStore<T>({ current, subscribe }: Store<T>): T {
  return useSyncExternalStore(subscribe, current, current);
}

interface Store<T> {
  readonly current: () => T;
  readonly subscribe: (changed: () => void) => () => void;
}
