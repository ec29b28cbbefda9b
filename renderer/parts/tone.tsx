import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCloudOff,
  IconHourglass,
  IconPlayerPauseFilled,
  IconPointFilled,
  IconRefresh,
  IconXboxXFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './tone.module.css';
import type { Tone } from './tones.ts';

const ICONS = {
  good: IconCircleCheckFilled,
  working: IconRefresh,
  waiting: IconHourglass,
  attention: IconAlertTriangleFilled,
  bad: IconXboxXFilled,
  offline: IconCloudOff,
  paused: IconPlayerPauseFilled,
  neutral: IconPointFilled,
} as const;

export function ToneIcon({ tone, size = 18 }: { tone: Tone; size?: number }) {
  const Icon = ICONS[tone];
  return (
    <Icon size={size} stroke={1.75} className={classes['icon']} data-tone={tone} aria-hidden />
  );
}

/** A state in one or two words with its icon. */
export function ToneLabel({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes['label']} data-tone={tone}>
      <ToneIcon tone={tone} size={16} />
      <span>{children}</span>
    </span>
  );
}
