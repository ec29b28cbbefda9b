import { useCallback, useEffect, useState } from 'react';
import type { AccessOverview } from '../../../shared/access-list.ts';
import type { Failure } from '../../../shared/errors.ts';
import { useIntents } from '../../state.ts';

export type OverviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly because: Failure }
  | { readonly kind: 'ready'; readonly overview: AccessOverview };

/** The newest kept look at a glance, asked for anew whenever another is kept. */
export function useOverview(newest: number | null): {
  readonly state: OverviewState;
  readonly reload: () => void;
} {
  const intents = useIntents();
  const [state, setState] = useState<OverviewState>({ kind: 'loading' });
  const reload = useCallback(() => {
    void intents.accessOverview().then((answer) => {
      if (!answer.ok) setState({ kind: 'failed', because: answer.failure });
      else if (answer.value === null) setState({ kind: 'none' });
      else setState({ kind: 'ready', overview: answer.value });
    });
  }, [intents]);
  useEffect(reload, [reload, newest]);
  return { state, reload };
}
