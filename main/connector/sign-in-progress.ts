import type { SignInProgress } from '../xero/sign-in.ts';
import type { StateEvent } from './state.ts';

/**
 * What happens in the browser, as the window is told of it.
 *
 * @param now in milliseconds since 1970
 */
export function eventOfProgress(id: string, progress: SignInProgress, now: number): StateEvent {
  switch (progress.kind) {
    case 'waiting': {
      const { address, redirectUri } = progress;
      const to = {
        kind: 'waitingForBrowser',
        address,
        redirectUri,
        browser: 'opening',
        since: now,
      } as const;
      return { type: 'signInMoved', id, to };
    }
    case 'browser':
      return { type: 'browserTold', id, browser: progress.state };
    case 'stray':
      return { type: 'signInNoted', id, note: progress.failure };
    case 'finishing':
      return { type: 'signInMoved', id, to: { kind: 'finishing' } };
  }
}
