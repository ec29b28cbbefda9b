import type { Failure, FailureCode } from '../../shared/errors.ts';
import { isOfKeychain } from '../../shared/keychain-shut.ts';
import { say } from '../../shared/language/say.ts';
import type { Place } from '../../shared/places.ts';
import { openOf } from '../../shared/requests.ts';
import type { Organisation, Snapshot } from '../../shared/snapshot.ts';
import type { Clock, Notice, Notifier } from '../ports.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import type { SettingsStore } from './settings.ts';

const DAY_MS = 24 * 3_600_000;
/** Half of what Xero lets pass before it ends a sign-in that isn't renewed (xero.md §2). */
const UNUSED_DAYS = 30;

/** What only a person can mend in an organisation. */
const ORGANISATION_NEEDS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'organisationMissing',
  'organisationSuspended',
  'demoCompanyReset',
  'xeroForbidden',
]);

interface NoticesSurroundings {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly notifier: Notifier;
  readonly signIns: { readonly kept: readonly Pick<KeptSignIn, 'id' | 'renewedAt'>[] };
}

/** Notifies of what a person must do: once for each cause, over restarts, until the cause is gone. */
export class Notices {
  readonly #surroundings: NoticesSurroundings;

  constructor(surroundings: NoticesSurroundings) {
    this.#surroundings = surroundings;
  }

  follow(snapshot: Snapshot): void {
    if (snapshot.setup !== 'done') return;
    const { clock, settings, notifier, signIns } = this.#surroundings;
    const told = settings.read().notified;
    const now = noticesOf(snapshot, signIns.kept, clock.now());
    const fresh = now.filter(({ cause }) => !told.includes(cause));
    const causes = now.map(({ cause }) => cause);
    const kept = told.filter((cause) => causes.includes(cause) || !isKnown(cause, snapshot));
    if (fresh.length === 0 && kept.length === told.length) return;
    // Kept first: what can't be kept would be told over and over.
    const written = settings.change({ notified: [...kept, ...fresh.map(({ cause }) => cause)] });
    if (written.ok) for (const notice of fresh) notifier.notify(notice);
  }
}

/** All that needs a person now, the keychain once. */
export function noticesOf(
  snapshot: Snapshot,
  signIns: readonly Pick<KeptSignIn, 'id' | 'renewedAt'>[],
  now: number,
): readonly Notice[] {
  const notices = [
    ...ofSignIns(snapshot),
    ...ofOrganisations(snapshot),
    ...ofC1(snapshot, now),
    ...ofUnused(signIns, now),
    ...ofRequests(snapshot),
  ];
  return notices.filter(
    ({ cause }, index) => notices.findIndex((other) => other.cause === cause) === index,
  );
}

/** Whether this run has seen how the cause stands: right after the start nothing is known yet. */
function isKnown(cause: string, { c1, sync }: Snapshot): boolean {
  if (cause.startsWith('c1/')) return c1.kind === 'connected';
  return sync.kind === 'done' || sync.kind === 'failed';
}

function ofSignIns({ xero }: Snapshot): readonly Notice[] {
  return xero.flatMap(({ id, state }) => {
    if (state.kind !== 'needsSignIn') return [];
    return [trouble(`signIn/${id}`, say('notices.xeroNeedsYou'), state.because, 'xero')];
  });
}

function ofOrganisations({ xero }: Snapshot): readonly Notice[] {
  const governed = xero.flatMap(({ organisations }) => organisations.filter((it) => it.governed));
  return governed.flatMap((organisation) => {
    const because = failureOf(organisation);
    if (because === null || !ORGANISATION_NEEDS.has(because.code)) return [];
    return [
      trouble(
        `organisation/${organisation.id}`,
        say('notices.needsYou', { organisation: organisation.name }),
        because,
        `organisation/${organisation.id}`,
      ),
    ];
  });
}

function ofC1({ c1, settings }: Snapshot, now: number): readonly Notice[] {
  if (c1.kind === 'rejected')
    return [trouble('c1/rejected', say('notices.c1NeedsYou'), c1.because, 'credential')];
  if (c1.kind === 'none')
    return c1.because === null
      ? []
      : [trouble('c1/none', say('notices.c1NeedsYou'), c1.because, 'credential')];
  const days = Math.floor((now - c1.credential.addedAt) / DAY_MS);
  if (settings.reminderDays === null || days < settings.reminderDays) return [];
  return [
    {
      cause: `c1/reminder/${c1.credential.addedAt}/${settings.reminderDays}`,
      title: say('notices.timeToRotateTheC1'),
      body: say('notices.itIsDaysOldRotate', { days }),
      place: 'credential',
    },
  ];
}

/** One for each, which names the organisation and nobody. */
function ofRequests({ inbox }: Snapshot): readonly Notice[] {
  return openOf(inbox).map(({ id, places }) => {
    const [place] = places;
    const only = places.length === 1 ? place : undefined;
    return {
      cause: `request/${id}`,
      title:
        only === undefined
          ? say('notices.c1AsksForARemoval')
          : say('notices.c1AsksForAChange', { organisation: only.organisation.name }),
      body: say('notices.openItToSee'),
      place: `request/${id}`,
    };
  });
}

function ofUnused(
  signIns: readonly Pick<KeptSignIn, 'id' | 'renewedAt'>[],
  now: number,
): readonly Notice[] {
  return signIns.flatMap(({ id, renewedAt }) => {
    if (renewedAt === null || now - renewedAt < UNUSED_DAYS * DAY_MS) return [];
    return [
      {
        cause: `unused/${id}`,
        title: say('notices.aSignInToXero'),
        body: say('notices.xeroHasntBeenReachedWith'),
        place: 'xero' as const,
      },
    ];
  });
}

function trouble(cause: string, title: string, failure: Failure, place: Place): Notice {
  const { message } = failure;
  if (!isOfKeychain(failure)) return { cause, title, body: message, place };
  // Nothing is pasted anew for it: the card has the button that tries again.
  const card = place === 'credential' ? 'c1' : place;
  const shut = say('notices.theKeychainIsShut');
  return { cause: 'keychain', title: shut, body: message, place: card };
}

function failureOf({ state }: Organisation): Failure | null {
  return state.kind === 'failed' || state.kind === 'missing' ? state.because : null;
}
