import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import classes from './pasted-field.module.css';
import { useEmptiedAtEnd } from './use-emptied-at-end.ts';
import { useInSight } from './use-in-sight.ts';
import type { Field } from './use-pasted-preview.ts';

/** A field for something copied elsewhere; no browser remembers or corrects it, and React never holds it. */
export function PastedField({
  field,
  error,
  onChange,
  wide = false,
  ...rest
}: {
  label: string;
  description?: string;
  placeholder?: string;
  defaultValue?: string;
  /** `password` masks a secret. */
  type?: 'password';
  field: Field;
  error: ReactNode;
  onChange: () => void;
  /** For what is longer than 50 characters. */
  wide?: boolean;
}) {
  const root = useRef<HTMLDivElement>(null);
  useInSight(root, Boolean(error));
  useEmptiedAtEnd(field);
  return (
    <div ref={root} className={classes['field']}>
      <TextInput
        {...rest}
        ref={field}
        error={error}
        onChange={onChange}
        classNames={wide ? {} : { input: classes['short'] ?? '' }}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
    </div>
  );
}
