import type { XeroSignIn } from '../../shared/snapshot.ts';
import { connectAnotherOf } from '../parts/connect-another.ts';
import type { Action } from '../parts/use-action.ts';
import { useIntents } from '../state.ts';
import { useXeroDialogs } from './open-dialogs.tsx';

/** Connects one more organisation: asks first where there's something to choose or to know; null where it can't be done. */
export function useConnectAnother(
  xero: readonly XeroSignIn[],
  connecting: Action,
): (() => void) | null {
  const intents = useIntents();
  const { open } = useXeroDialogs();
  const another = connectAnotherOf(xero);
  switch (another.kind) {
    case 'none':
      return null;
    case 'ask':
      return () => open({ kind: 'connectAnother' });
    case 'straight':
      return () =>
        void connecting.run(() => intents.connectAnother({ signInId: another.signIn.id }));
  }
}
