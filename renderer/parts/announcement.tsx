import { VisuallyHidden } from '@mantine/core';

/** Says progress to a screen reader, politely: phases, not every byte. */
export function Announcement({ children }: { children: string }) {
  return <VisuallyHidden role="status">{children}</VisuallyHidden>;
}
