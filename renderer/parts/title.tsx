import { Text, Title as Heading } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** The title of a step or page. It takes the focus when it appears, so that a screen reader starts there. */
export function Title({ children, lead }: { children: string; lead?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div>
      <Heading order={1} ref={heading} tabIndex={-1}>
        {children}
      </Heading>
      {lead !== undefined && (
        <Text c="dimmed" mt={4} maw={600}>
          {lead}
        </Text>
      )}
    </div>
  );
}
