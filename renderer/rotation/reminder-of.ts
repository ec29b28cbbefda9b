import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';

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
      return attention(
        say('reminderOf.theNewC1CredentialWaits', { asking: say('rotation.isItForTheSame') }),
        say('common.answer'),
      );
    case 'stuck':
      return attention(say('reminderOf.theChangeOfTheC1'), say('reminderOf.lookAtIt'));
    case 'checking':
    case 'switching':
      return neutral(say('reminderOf.theC1CredentialIsBeing'), say('common.show'));
    case 'trial':
      return neutral(say('reminderOf.theNewC1CredentialIs'), say('common.show'));
    case 'ended':
      return neutral(
        rotation.how === 'done'
          ? say('reminderOf.theNewC1CredentialWorks')
          : say('reminderOf.youCanRevokeTheNew', {
              rolledBack: say('rotation.theOldCredentialIsIn'),
            }),
        say('common.show'),
      );
    case 'none':
      break;
  }
  if (days === null || c1.kind !== 'connected') return null;
  const age = Math.floor((now - c1.credential.addedAt) / DAY);
  if (age < days) return null;
  return neutral(say('reminderOf.theC1CredentialIsDays', { age }), say('common.changeCredential'));
}

function attention(sentence: string, button: string): Reminder {
  return { tone: 'attention', sentence, button };
}

function neutral(sentence: string, button: string): Reminder {
  return { tone: 'neutral', sentence, button };
}
