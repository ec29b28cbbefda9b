import { fail, type Failure, type Result } from '../../shared/errors.ts';
import type { CallsToday, Organisation, OrganisationState } from '../../shared/snapshot.ts';
import { countWarnings, type ModelSummary } from '../access/summary.ts';
import type { AccessRead, OrganisationAccess } from '../access/types.ts';
import type { AccessWriter } from '../c1z/writer.ts';
import type { Clock, Log } from '../ports.ts';
import type { DayBudget } from '../xero/governor.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import { KEPT_FOR_C1 } from './day-budget.ts';
import { lookAtXero, type Look } from './look.ts';
import type { Remembering } from './remembering.ts';
import type { SettingsStore } from './settings.ts';
import type { SignIns } from './sign-ins.ts';
import type { StateHolder } from './state-holder.ts';
import { Turn } from './turn.ts';

interface LooksSurroundings {
  readonly state: StateHolder;
  readonly settings: SettingsStore;
  readonly signIns: Pick<SignIns, 'reaches' | 'found'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: Pick<Remembering, 'people'>;
  readonly writer: Pick<AccessWriter, 'summarise'>;
}

/** How a look went, and what there is to make a model of. */
export interface LookOutcome {
  readonly look: Look;
  readonly read: AccessRead;
}

/**
 * The app's looks at Xero: one at a time, whoever asks; each brings the
 * organisations, people and warnings of the snapshot up to date.
 */
export class Looks {
  readonly #surroundings: LooksSurroundings;
  readonly #turn = new Turn();

  constructor(surroundings: LooksSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Looks anew; a caller who has to wait for another look doesn't get that one's result (product.md §3). */
  look(purpose: ReadPurpose, signal: AbortSignal): Promise<Result<LookOutcome>> {
    return this.#turn.take(() => this.#look(purpose, signal));
  }

  /** The organisations to read, with the name each was last known by. */
  governed(): ReadonlyMap<string, string> {
    const { settings, state } = this.#surroundings;
    const names = new Map<string, string>();
    for (const { organisations } of state.snapshot.xero) {
      for (const { id, name } of organisations) names.set(id.toLowerCase(), name);
    }
    return new Map(
      settings
        .read()
        .governed.map((id) => [
          id.toLowerCase(),
          names.get(id.toLowerCase()) ?? 'An organisation that was chosen',
        ]),
    );
  }

  /** Resolves once no look is under way or waits. */
  idle(): Promise<void> {
    return this.#turn.take(() => Promise.resolve());
  }

  async #look(purpose: ReadPurpose, signal: AbortSignal): Promise<Result<LookOutcome>> {
    const { state, signIns, clock, log, memory, writer } = this.#surroundings;
    const { reaches } = signIns;
    if (reaches.length === 0) return fail(nothingSignedIn);
    const looked = await lookAtXero(
      {
        reaches,
        purpose,
        now: clock.now(),
        governed: this.governed(),
        people: memory.people,
        onProgress: (done, of) =>
          state.tell({
            type: 'syncMoved',
            to: { kind: 'reading', done, of, for: shownAs(purpose) },
          }),
        onUnlisted: (signInId, because) => this.#followSignIn(signInId, because),
      },
      signal,
    );
    const at = clock.now();
    if (!looked.ok) {
      this.#ended(purpose, at, looked.failure);
      return looked;
    }
    const look = looked.value;
    const read = this.#read(look);
    const summary = await writer.summarise(read, signal);
    if (!summary.ok) {
      this.#ended(purpose, at, summary.failure);
      return summary;
    }
    this.#show(look, summary.value, at);
    const because = look.failed[0]?.failure;
    // Where all were held back nothing was looked at, and the last look stays the last.
    if (look.read.length > 0 || because !== undefined) this.#ended(purpose, at, because);
    log.info('xero.looked', {
      organisations: look.read.length,
      failed: look.failed.length,
      held: look.held.length,
      for: purpose,
    });
    const { warnings } = summary.value;
    // The sync tells those of the file it makes.
    if (purpose !== 'c1' && warnings.length > 0)
      log.info('access.warnings', countWarnings(warnings));
    return { ok: true, value: { look, read } };
  }

  /** A look for C1 goes on to the upload, whose end is told by the sync. */
  #ended(purpose: ReadPurpose, at: number, because: Failure | undefined): void {
    if (purpose === 'c1') return;
    this.#surroundings.state.tell({
      type: 'syncMoved',
      to:
        because === undefined
          ? { kind: 'done', at, for: 'look' }
          : { kind: 'failed', at, for: 'look', because },
    });
  }

  #read(look: Look): AccessRead {
    const { accountId, legacyOrganisationId } = this.#surroundings.settings.read();
    return { organisations: look.read, options: { accountId, legacyOrganisationId } };
  }

  #show(look: Look, summary: ModelSummary, at: number): void {
    const { state } = this.#surroundings;
    const states = organisationStates(look, summary, at);
    for (const signIn of state.snapshot.xero) {
      const listed = look.listed.filter(({ signInId }) => signInId === signIn.id);
      const leftOut = look.leftOut.get(signIn.id);
      if (leftOut === undefined && signIn.organisations.length === 0) continue;
      const organisations = this.#organisations(signIn.organisations, look, listed, states);
      state.tell({
        type: 'organisationsListed',
        id: signIn.id,
        organisations,
        ...(leftOut === undefined ? {} : { leftOut }),
      });
      if (listed.length > 0) this.#showSignIn(signIn.id, look);
    }
    // Numbers without an organisation that merely wasn't read would be wrong.
    if (look.held.length > 0 || (look.failed.length > 0 && look.read.length === 0)) return;
    const warnings = summary.warnings.map(({ message }) => message);
    state.tell({ type: 'accessRead', access: { at, counts: summary.counts, warnings } });
  }

  /** Xero knows this sign-in; it may still refuse its token for what it lists. */
  #showSignIn(id: string, look: Look): void {
    const refused = look.failed.find(
      ({ signInId, failure }) => signInId === id && failure.next === 'signInToXero',
    );
    const to =
      refused === undefined
        ? ({ kind: 'signedIn' } as const)
        : ({ kind: 'needsSignIn', because: refused.failure } as const);
    this.#surroundings.signIns.found(id, to);
  }

  /** Those that Xero lists, and the governed ones that are missing from its list. */
  #organisations(
    known: readonly Organisation[],
    look: Look,
    listed: Look['listed'],
    states: ReadonlyMap<string, OrganisationState>,
  ): readonly Organisation[] {
    const governed = this.governed();
    const details = new Map(look.read.map((access) => [connectedId(access), access.organisation]));
    const present = listed.map(({ connection }): Organisation => {
      const id = connection.tenantId.toLowerCase();
      const before = known.find((organisation) => organisation.id.toLowerCase() === id);
      const detail = details.get(id);
      const day = look.days.get(id);
      return {
        id: connection.tenantId,
        name: detail?.name ?? connection.name,
        shortCode: detail?.shortCode ?? before?.shortCode ?? null,
        demo: detail?.demo ?? before?.demo ?? false,
        governed: governed.has(id),
        state: states.get(id) ?? before?.state ?? { kind: 'unread' },
        ...(day === undefined ? {} : { today: todayOf(day) }),
      };
    });
    const gone = known.filter(
      ({ id }) =>
        governed.has(id.toLowerCase()) &&
        !present.some((organisation) => organisation.id.toLowerCase() === id.toLowerCase()),
    );
    return [
      ...present,
      ...gone.map((organisation) => ({
        ...organisation,
        state: states.get(organisation.id.toLowerCase()) ?? organisation.state,
      })),
    ];
  }

  /** A sign-in that Xero no longer honours is shown as such, at the place that mends it. */
  #followSignIn(id: string, because: Failure): void {
    if (because.next !== 'signInToXero') return;
    this.#surroundings.signIns.found(id, { kind: 'needsSignIn', because });
  }
}

function todayOf({ left }: DayBudget): CallsToday {
  return { left, forC1Alone: left <= KEPT_FOR_C1 };
}

/** The window knows the app's looks and C1's; the admin's checks are of the first kind. */
function shownAs(purpose: ReadPurpose): 'look' | 'c1' {
  return purpose === 'c1' ? 'c1' : 'look';
}

const nothingSignedIn: Failure = {
  code: 'xeroSignedOut',
  message: 'Nobody is signed in to Xero. Sign in to go on.',
  next: 'signInToXero',
};

/** The id that lists of connections and the admin's choice know an organisation by. */
function connectedId({ tenantId, organisation }: OrganisationAccess): string {
  return (tenantId ?? organisation.id).toLowerCase();
}

function organisationStates(
  look: Look,
  { people }: ModelSummary,
  at: number,
): ReadonlyMap<string, OrganisationState> {
  const states = new Map<string, OrganisationState>();
  for (const access of look.read) {
    const found = people.get(access.organisation.id) ?? { people: 0, roles: [] };
    states.set(connectedId(access), { kind: 'read', at, ...found });
  }
  for (const { id, failure } of look.failed) {
    const kind = failure.code === 'organisationMissing' ? 'missing' : 'failed';
    states.set(id.toLowerCase(), { kind, because: failure });
  }
  return states;
}
