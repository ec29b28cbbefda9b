import { Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';

/** A dialog over the page: traps the focus, gives it back, closes on Escape. */
export function Dialog({
  opened,
  title,
  width = 520,
  onClose,
  mustBeAnswered = false,
  children,
}: {
  opened: boolean;
  title: string;
  width?: number;
  onClose: () => void;
  /** True where a stray click beside it shouldn't count as an answer. */
  mustBeAnswered?: boolean;
  children: ReactNode;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      padding="lg"
      closeOnClickOutside={!mustBeAnswered}
      withCloseButton={!mustBeAnswered}
      classNames={{ title: classes['title'] ?? '', content: classes['content'] ?? '' }}
    >
      <Stack gap="md">{children}</Stack>
    </Modal>
  );
}

/** A dialog's buttons: always in sight, however long what stands above them. */
export function DialogActions({
  justify = 'flex-end',
  children,
}: {
  justify?: 'flex-end' | 'space-between';
  children: ReactNode;
}) {
  return (
    <Group className={classes['actions'] ?? ''} justify={justify} gap="sm">
      {children}
    </Group>
  );
}
