import { useDebouncedCallback } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Result } from '../../shared/errors.ts';

/** Short enough to feel live, long enough not to judge half a paste. */
const PREVIEW_AFTER_MS = 250;

/** An input whose text React never holds. */
export type Field = RefObject<HTMLInputElement | null>;

/** What stands in the two fields of a credential. */
export interface Pasted {
  readonly clientId: string;
  readonly secret: string;
}
/** Which of the two fields hold anything. */
export interface Filled {
  readonly clientId: boolean;
  readonly secret: boolean;
}

/** Asks the main process, a moment after the last key, what it understands of the two fields. */
export function usePastedPreview<T>(
  clientId: Field,
  secret: Field,
  ask: (pasted: Pasted) => Promise<Result<T>>,
) {
  const newest = useRef(0);
  const [preview, setPreview] = useState<Result<T> | null>(null);
  const [filled, setFilled] = useState<Filled>({ clientId: false, secret: false });
  const reset = () => {
    newest.current += 1;
    setPreview(null);
  };
  const look = useDebouncedCallback(async () => {
    reset();
    const asked = newest.current;
    const values = valuesOf(clientId, secret);
    setFilled({ clientId: values.clientId.trim() !== '', secret: values.secret.trim() !== '' });
    if (values.clientId.trim() === '' && values.secret.trim() === '') return;
    const answer = await ask(values);
    // An answer about earlier text than the newest says nothing any more.
    if (asked === newest.current) setPreview(answer);
  }, PREVIEW_AFTER_MS);
  return { preview, filled, look, reset };
}

/** What stands in the two fields now; a field that isn't there is empty. */
export function valuesOf(clientId: Field, secret: Field): Pasted {
  return { clientId: clientId.current?.value ?? '', secret: secret.current?.value ?? '' };
}

export function empty(...fields: readonly Field[]): void {
  for (const field of fields) if (field.current !== null) field.current.value = '';
}
