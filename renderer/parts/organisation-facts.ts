import type { Organisation } from '../../shared/snapshot.ts';
import { people } from './numbers.ts';
import type { Tone } from './tones.ts';

/** How an organisation stands, in a word or two. */
export function standingOf(organisation: Organisation): { tone: Tone; word: string } {
  switch (organisation.state.kind) {
    case 'unread':
      return organisation.governed
        ? { tone: 'working', word: 'Reading' }
        : { tone: 'neutral', word: 'Not governed' };
    case 'failed':
      return { tone: 'bad', word: 'Needs you' };
    case 'missing':
      return { tone: 'bad', word: 'Disconnected' };
    case 'read':
      return organisation.governed
        ? { tone: 'good', word: 'Governed' }
        : { tone: 'neutral', word: 'Not governed' };
  }
}

/** "2 Adviser · 7 Standard · 3 Read only", or what is known instead. */
export function rolesOf(organisation: Organisation): string {
  const { state } = organisation;
  if (state.kind !== 'read') return state.kind === 'unread' ? 'Counting people …' : '';
  if (state.people === 0) return 'Nobody has access';
  return state.roles.map((role) => `${role.people.toLocaleString()} ${role.name}`).join(' · ');
}

/** "12 people", or null before they were counted and where there's nobody. */
export function peopleOf({ state }: Organisation): string | null {
  return state.kind === 'read' && state.people > 0 ? people(state.people) : null;
}
