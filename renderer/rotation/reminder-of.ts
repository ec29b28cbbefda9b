import type { Snapshot } from '../../shared/snapshot.ts';
import { HEADINGS } from './words.ts';

const DAY = 24 * 60 * 60 * 1000;

export interface Reminder {
  readonly tone: 'attention' | 'neutral';
  readonly sentence: string;
  readonly button: string;
}

/**
 * The sentence about the C1 credential on the status page, or null. `now` is in milliseconds since 1970;
 * `days` says from which age on the admin is reminded, null for never.
 */
export function reminderOf(
  { c1, rotation }: Pick<Snapshot, 'c1' | 'rotation'>,
  now: number,
  days: number | null,
): Reminder | null {
  switch (rotation.kind) {
    case 'asking':
      return attention(`The new C1 credential waits for an answer. ${HEADINGS.asking}`, 'Answer');
    case 'stuck':
      return attention(
        'The change of the C1 credential stopped. The old one is still in use.',
        'Look at it',
      );
    case 'checking':
    case 'switching':
      return neutral('The C1 credential is being changed.', 'Show');
    case 'trial':
      return neutral(
        'The new C1 credential is in use. The old one is kept until the first task is finished.',
        'Show',
      );
    case 'ended':
      return neutral(
        rotation.how === 'done'
          ? `The new C1 credential works. You can revoke the old one in C1.`
          : `${HEADINGS.rolledBack}. You can revoke the new one in C1.`,
        'Show',
      );
    case 'none':
      break;
  }
  if (days === null || c1.kind !== 'connected') return null;
  const age = Math.floor((now - c1.credential.addedAt) / DAY);
  if (age < days) return null;
  return neutral(
    `The C1 credential is ${age} days old. Change it when it suits you; nothing stops meanwhile.`,
    'Change credential',
  );
}

function attention(sentence: string, button: string): Reminder {
  return { tone: 'attention', sentence, button };
}

function neutral(sentence: string, button: string): Reminder {
  return { tone: 'neutral', sentence, button };
}
