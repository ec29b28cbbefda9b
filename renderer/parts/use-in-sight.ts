import { useEffect } from 'react';
import type { RefObject } from 'react';

/** Brings an element into sight once it has something to say: below the edge of its pane nobody reads it. */
export function useInSight(element: RefObject<HTMLElement | null>, says: boolean): void {
  useEffect(() => {
    if (says) element.current?.scrollIntoView({ block: 'nearest' });
  }, [element, says]);
}
