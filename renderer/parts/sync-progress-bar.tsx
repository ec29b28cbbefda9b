import { Progress as Bar, Text } from '@mantine/core';
import { Announcement } from './announcement.tsx';
import type { Progress } from './sync-progress.ts';

/** A sync under way, as a bar with its phase in words. */
export function SyncProgressBar({ progress }: { progress: Progress }) {
  return (
    <div>
      <Bar
        value={progress.percent}
        size={6}
        radius="xl"
        transitionDuration={160}
        aria-label={progress.phase}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {progress.phase}
        {progress.detail !== null && `: ${progress.detail}`}
      </Text>
      <Announcement>{progress.phase}</Announcement>
    </div>
  );
}
