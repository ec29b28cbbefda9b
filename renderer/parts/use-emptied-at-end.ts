import { useLayoutEffect } from 'react';
import { empty } from './use-pasted-preview.ts';
import type { Box, Field } from './use-pasted-preview.ts';

/** What was pasted goes with its field: React goes on holding the text of one that it removed. */
export function useEmptiedAtEnd(field: Field | Box): void {
  useLayoutEffect(() => {
    // The reference is empty by the time that the field has gone.
    const there = { ...field };
    return () => empty(there);
  }, [field]);
}
