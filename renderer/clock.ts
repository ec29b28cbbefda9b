/** The one clock of the window, so that all relative times change together. */
export interface Ticker {
  /** The time of the last tick, in milliseconds since 1970. */
  readonly current: () => number;
  readonly subscribe: (ticked: () => void) => () => void;
}

/** Ticks every `everyMs` while anyone listens, and rests otherwise. */
export function openTicker(now: () => number, everyMs: number): Ticker {
  let current = now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    current = now();
    for (const listener of listeners) listener();
  };
  return {
    current: () => current,
    subscribe: (ticked) => {
      if (listeners.size === 0) {
        current = now();
        timer = setInterval(tick, everyMs);
      }
      listeners.add(ticked);
      return () => {
        listeners.delete(ticked);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
}
