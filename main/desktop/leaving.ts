import type { App } from 'electron';
import type { Clock } from '../ports.ts';
import type { Keychain } from './keychain.ts';

/** A keychain that answers by itself needs less; by then it is a prompt that it waits for. */
const LAST_ANSWER_MS = 5000;

interface Leaving {
  readonly app: App;
  readonly keychain: Pick<Keychain, 'isAsked' | 'idle'>;
  readonly clock: Clock;
  /** Ends the process on the spot. */
  readonly kill: () => void;
}

/**
 * Lets the app go though a prompt of the keychain is still open: Node would wait for its answer, without a window
 * or a tray, and no other start would get past it. What the keychain is just storing, it stores to the end.
 */
export function leaveDespitePrompt({ app, keychain, clock, kill }: Leaving): void {
  let waited = false;
  app.on('will-quit', (event) => {
    if (waited || !keychain.isAsked) return;
    waited = true;
    event.preventDefault();
    void Promise.race([keychain.idle(), clock.sleep(LAST_ANSWER_MS)]).finally(() => app.quit());
  });
  app.once('quit', () => {
    if (keychain.isAsked) kill();
  });
}
