import { useDebouncedCallback } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Result } from '../../shared/errors.ts';

/** Short enough to feel live, long enough not to judge half a paste. */
const PREVIEW_AFTER_MS = 250;

/** An input whose text React never holds. */
export type Field = RefObject<HTMLInputElement | null>;
export type Box = RefObject<HTMLTextAreaElement | null>;
type Fields<K extends string> = Readonly<Record<K, Field | Box>>;

/** Asks the main process, a moment after the last key, what it understands of the fields. */
export function usePastedPreview<K extends string, T>(
  fields: Fields<K>,
  ask: (pasted: Record<K, string>) => Promise<Result<T>>,
) {
  const newest = useRef(0);
  const [preview, setPreview] = useState<Result<T> | null>(null);
  const [filled, setFilled] = useState<Partial<Record<K, boolean>>>({});
  const reset = () => {
    newest.current += 1;
    setPreview(null);
  };
  const look = useDebouncedCallback(async () => {
    reset();
    const asked = newest.current;
    const values = valuesOf(fields);
    const holds = mapped(values, (text) => text.trim() !== '');
    setFilled(holds);
    if (!Object.values(holds).includes(true)) return;
    const answer = await ask(values);
    // An answer about earlier text than the newest says nothing any more.
    if (asked === newest.current) setPreview(answer);
  }, PREVIEW_AFTER_MS);
  return { preview, filled, look, reset };
}

/** What stands in the fields now; a field that isn't there is empty. */
export function valuesOf<K extends string>(fields: Fields<K>): Record<K, string> {
  return mapped(fields, ({ current }) => current?.value ?? '');
}

export function empty(...fields: readonly (Field | Box)[]): void {
  for (const { current } of fields) if (current !== null) current.value = '';
}

function mapped<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  change: (value: V) => W,
): Record<K, W> {
  const entries = Object.entries<V>(record).map(([key, value]) => [key, change(value)]);
  return Object.fromEntries(entries) as Record<K, W>;
}
