import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { countWarnings, type ModelSummary } from '../access/summary.ts';
import type { AccessRead } from '../access/types.ts';
import type { AccessWriter } from '../c1z/writer.ts';
import type { Clock, Log } from '../ports.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import type { Looked } from '../requests/surroundings.ts';
import { sameId, type KnownOrganisation } from './governed.ts';
import type { HistoryLog } from './history.ts';
import { LookHistory } from './look-history.ts';
import { lookAtXero, type Look } from './look.ts';
import { isWhole, lookedFor } from './looked.ts';
import { organisationsAfter } from './organisations-after.ts';
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
  readonly history: HistoryLog;
  readonly memory: Pick<Remembering, 'people' | 'holdings'>;
  readonly writer: Pick<AccessWriter, 'summarise'>;
  /** Told of each look that found all governed organisations. */
  readonly onWhole: (read: AccessRead, at: number) => void;
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
  readonly #history: LookHistory;
  readonly #turn = new Turn();

  constructor(surroundings: LooksSurroundings) {
    this.#surroundings = surroundings;
    this.#history = new LookHistory(surroundings.history);
  }

  /** Looks anew; a caller who has to wait for another look doesn't get that one's result (product.md §3). */
  look(purpose: ReadPurpose, signal: AbortSignal): Promise<Result<LookOutcome>> {
    return this.#turn.take(() => this.#look(purpose, signal));
  }

  /**
   * Looks for C1's requests, at all that is governed or at those connected under these ids. The window's
   * counts stay those of the last look of all.
   */
  lookFor(which: 'all' | readonly string[], signal: AbortSignal): Promise<Result<Looked>> {
    return this.#turn.take(async () => {
      const { signIns, clock, memory } = this.#surroundings;
      if (signIns.reaches.length === 0) return fail(nothingSignedIn);
      const governed = [...this.governed()].filter(
        ([id]) => which === 'all' || which.some((each) => sameId(each, id)),
      );
      const looked = await lookAtXero(
        {
          reaches: signIns.reaches,
          purpose: 'check',
          now: clock.now(),
          governed: new Map(governed),
          people: memory.people,
          onProgress: () => undefined,
          onUnlisted: (signInId, because) => this.#followSignIn(signInId, because),
        },
        signal,
      );
      if (!looked.ok) return looked;
      return succeed(lookedFor(looked.value, this.#read(looked.value)));
    });
  }

  /** The organisations to read, each as it was last known. */
  governed(): ReadonlyMap<string, KnownOrganisation> {
    const { settings, state } = this.#surroundings;
    const known = new Map<string, KnownOrganisation>();
    for (const { organisations } of state.snapshot.xero) {
      for (const { id, name, demo } of organisations) known.set(id.toLowerCase(), { name, demo });
    }
    const unknown = { name: say('looks.anOrganisationThatWasChosen'), demo: false };
    const chosen = settings.read().governed.map((id) => id.toLowerCase());
    return new Map(chosen.map((id) => [id, known.get(id) ?? unknown]));
  }

  /** Does this once no look is under way, and lets none begin meanwhile. */
  between(work: () => Promise<void>): Promise<void> {
    return this.#turn.take(work);
  }

  /** Resolves once no look is under way or waits. */
  idle(): Promise<void> {
    return this.between(() => Promise.resolve());
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
      this.#history.failed(purpose, looked.failure);
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
    const before = state.snapshot.xero;
    this.#show(look, summary.value, at);
    if (isWhole(look)) this.#surroundings.onWhole(read, at);
    this.#history.looked(before, state.snapshot.xero);
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
    const { state, memory } = this.#surroundings;
    const after = organisationsAfter(look, summary, this.governed(), at);
    for (const signIn of state.snapshot.xero) {
      const leftOut = look.leftOut.get(signIn.id);
      if (leftOut === undefined && signIn.organisations.length === 0) continue;
      state.tell({
        type: 'organisationsListed',
        id: signIn.id,
        organisations: after(signIn),
        ...(leftOut === undefined ? {} : { leftOut }),
      });
      const lists = look.listed.some(({ signInId }) => signInId === signIn.id);
      if (lists) this.#showSignIn(signIn.id, look);
    }
    // C1 is shown whole reads alone: what it may lose is told by the newest of those.
    if (isWhole(look)) memory.holdings = summary.holdings;
    // Numbers without an organisation that merely wasn't read would be wrong.
    if (look.held.length > 0 || (look.failed.length > 0 && look.read.length === 0)) return;
    const warnings = summary.warnings.map(({ message }) => message);
    state.tell({ type: 'accessRead', access: { at, counts: summary.counts, warnings } });
  }

  /** Xero knows this sign-in; it may still refuse its token for what it lists. */
  #showSignIn(id: string, look: Look): void {
    const because = look.refused.get(id);
    const to =
      because === undefined
        ? ({ kind: 'signedIn' } as const)
        : ({ kind: 'needsSignIn', because } as const);
    this.#surroundings.signIns.found(id, to);
  }

  /** A sign-in that Xero no longer honours is shown as such, at the place that mends it. */
  #followSignIn(id: string, because: Failure): void {
    if (because.next !== 'signInToXero') return;
    this.#surroundings.signIns.found(id, { kind: 'needsSignIn', because });
  }
}

/** The window knows the app's looks and C1's; the admin's checks are of the first kind. */
function shownAs(purpose: ReadPurpose): 'look' | 'c1' {
  return purpose === 'c1' ? 'c1' : 'look';
}

const nothingSignedIn: Failure = {
  code: 'xeroSignedOut',
  message: say('looks.nobodyIsSignedInTo'),
  next: 'signInToXero',
};
