import { useMemo } from 'react';
import type { RefObject } from 'react';
import { useMends } from './mends.tsx';
import type { Mends } from './mends.tsx';

/** How a form that takes C1's credential mends what went wrong with it. */
export function usePasteMends(
  form: RefObject<HTMLFormElement | null>,
  confirmation: RefObject<HTMLInputElement | null>,
): Mends {
  const outer = useMends();
  return useMemo(
    () => ({
      ...outer,
      pasteCredential: () => form.current?.querySelector('textarea')?.focus(),
      confirmHost: () => confirmation.current?.focus(),
      retryC1: () => form.current?.requestSubmit(),
    }),
    [outer, form, confirmation],
  );
}
