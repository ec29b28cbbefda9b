import type { Clock } from './ports.ts';

/** Somebody who types or scrolls would see a pause; one after that long a rest nobody sees. */
export const UNTOUCHED_MS = 1_000;
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll'];

/** Resolves once nobody has touched the page for a second. */
export async function untouched(page: EventTarget, clock: Pick<Clock, 'sleep'>): Promise<void> {
  const options = { capture: true, passive: true };
  let rest = new AbortController();
  const touch = (): void => rest.abort();
  for (const kind of TOUCHES) page.addEventListener(kind, touch, options);
  do {
    rest = new AbortController();
    await clock.sleep(UNTOUCHED_MS, rest.signal);
  } while (rest.signal.aborted);
  for (const kind of TOUCHES) page.removeEventListener(kind, touch, options);
}
