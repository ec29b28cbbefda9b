import type { Failure, FailureCode } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { Organisation } from '../../shared/snapshot.ts';
import { passes } from './mend.ts';
import type { Tone } from './tones.ts';

/** Why an organisation can't be read, if it can't. */
export function failureOf({ state }: Organisation): Failure | null {
  return state.kind === 'failed' || state.kind === 'missing' ? state.because : null;
}

/** True where it can't be read at the moment, and time alone mends that. */
export function waits(organisation: Organisation): boolean {
  const failure = failureOf(organisation);
  return failure !== null && passes(failure);
}

/** What has happened to an organisation that dropped out. */
const OUT: Partial<Record<FailureCode, string>> = {
  organisationMissing: say('organisationFacts.disconnected'),
  xeroForbidden: say('organisationFacts.refuses'),
  organisationSuspended: say('organisationFacts.notActive'),
  demoCompanyReset: say('organisationFacts.reset'),
};

/** Whether what wasn't read yet is being read now. */
export type Looks = 'goOn' | 'paused';

/** How an organisation stands, in a word or two. */
export function standingOf(
  organisation: Organisation,
  looks: Looks = 'goOn',
): { tone: Tone; word: string } {
  switch (organisation.state.kind) {
    case 'unread':
      if (organisation.governed && looks === 'paused')
        return { tone: 'paused', word: say('common.paused') };
      return organisation.governed
        ? { tone: 'working', word: say('organisationFacts.reading') }
        : { tone: 'neutral', word: say('organisationFacts.notGoverned') };
    case 'failed':
    case 'missing':
      return waits(organisation)
        ? { tone: 'offline', word: say('common.waiting') }
        : {
            tone: 'bad',
            word: OUT[organisation.state.because.code] ?? say('common.needsYou'),
          };
    case 'read':
      return organisation.governed
        ? { tone: 'good', word: say('organisationFacts.governed') }
        : { tone: 'neutral', word: say('organisationFacts.notGoverned') };
  }
}

const UNREAD: Readonly<Record<Looks, string>> = {
  goOn: say('organisationFacts.countingPeople'),
  paused: say('organisationFacts.notReadSinceStart'),
};

/** "2 Adviser · 7 Standard · 3 Read only", or what is known instead. */
export function rolesOf(organisation: Organisation, looks: Looks = 'goOn'): string {
  const { state } = organisation;
  if (state.kind !== 'read') return state.kind === 'unread' ? UNREAD[looks] : '';
  if (state.people === 0) return say('organisationFacts.nobodyHasAccess');
  return state.roles.map((role) => `${role.people.toLocaleString()} ${role.name}`).join(' · ');
}

/** "12 people", or null before they were counted and where there's nobody. */
export function peopleOf({ state }: Organisation): string | null {
  return state.kind === 'read' && state.people > 0
    ? say('count.person', { count: state.people })
    : null;
}

/** "951 calls left at Xero today", or null before Xero said so. */
export function callsLeftOf({ today }: Organisation): string | null {
  if (today === undefined) return null;
  const left = say('organisationFacts.leftAtXeroToday', {
    calls: say('count.call', { count: today.left }),
  });
  return today.forC1Alone ? say('organisationFacts.keptForC1sSyncs', { left }) : left;
}
