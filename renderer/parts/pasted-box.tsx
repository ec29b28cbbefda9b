import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import type { ClipboardEvent, ReactNode } from 'react';
import classes from './pasted-box.module.css';
import { useEmptiedAtEnd } from './use-emptied-at-end.ts';
import { useInSight } from './use-in-sight.ts';
import type { Box } from './use-pasted-preview.ts';

/** Takes whatever was copied, masked; no browser remembers or corrects it, and React never holds it. */
export function PastedBox({
  box,
  error,
  onChange,
  ...rest
}: {
  label: string;
  description: string;
  placeholder: string;
  box: Box;
  error: ReactNode;
  onChange: () => void;
  'aria-describedby'?: string;
}) {
  const root = useRef<HTMLDivElement>(null);
  useInSight(root, Boolean(error));
  useEmptiedAtEnd(box);
  return (
    <div ref={root} className={classes['root']}>
      <Textarea
        {...rest}
        ref={box}
        error={error}
        onChange={onChange}
        onPaste={onLineOfItsOwn}
        rows={3}
        classNames={{ input: classes['input'] ?? '' }}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
    </div>
  );
}

/** What is pasted behind something else begins a new line, so that the two can be told apart. */
function onLineOfItsOwn({ currentTarget: box }: ClipboardEvent<HTMLTextAreaElement>): void {
  const { value, selectionStart, selectionEnd } = box;
  const behind = value.slice(0, selectionStart);
  if (behind === '' || behind.endsWith('\n')) return;
  box.setRangeText('\n', selectionStart, selectionEnd, 'end');
}
