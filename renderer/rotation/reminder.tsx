import { Button, Text } from '@mantine/core';
import type { Snapshot } from '../../shared/snapshot.ts';
import { Note } from '../parts/note.tsx';
import { useNow } from '../state.ts';
import { reminderOf } from './reminder-of.ts';

/** What there is to say of the credential besides how it works: its age, or a rotation under way. */
export function RotationReminder({ snapshot, onOpen }: { snapshot: Snapshot; onOpen: () => void }) {
  const reminder = reminderOf(snapshot, useNow(), snapshot.settings.reminderDays);
  if (reminder === null) return null;
  return (
    <Note tone={reminder.tone}>
      <Text>{reminder.sentence}</Text>
      <div>
        <Button size="xs" variant="default" onClick={onOpen}>
          {reminder.button}
        </Button>
      </div>
    </Note>
  );
}
