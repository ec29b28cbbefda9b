import { useEffect, useRef } from 'react';
import type { RequestView } from '../../../shared/requests.ts';
import { useIntents } from '../../state.ts';

/** Says of each open request once that it is being read. */
export function useShown(request: RequestView | undefined): void {
  const intents = useIntents();
  const said = useRef(new Set<string>());
  const id = request?.end === null ? request.id : undefined;
  useEffect(() => {
    if (id === undefined || said.current.has(id)) return;
    said.current.add(id);
    void intents.request({ move: 'show', id });
  }, [intents, id]);
}
