/**
 * Waits for `work`, or for the signal: then resolves with undefined. Leaves no listener behind, so
 * a signal may live as long as the app.
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Whether the signal has aborted by now. A call, because the compiler takes `aborted` for a constant. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Resolves once the signal aborts. For signals that don't live long. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
