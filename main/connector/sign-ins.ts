import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { PastedXeroApp } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { SignInState } from '../../shared/snapshot.ts';
import type { Browser, Clock, Endpoints, Log, Network, Random, SecretStore } from '../ports.ts';
import { oneOrganisationOnly } from '../xero/app-failures.ts';
import type { Connection } from '../xero/answers.ts';
import { AppIdentity } from '../xero/app-identity.ts';
import { parseClientSecret } from '../xero/client-secret.ts';
import { signedOut, signInCancelled } from '../xero/errors.ts';
import { Governor } from '../xero/governor.ts';
import type { XeroApp, XeroTokens } from '../xero/identity.ts';
import { readXeroApp } from '../xero/pasted-app.ts';
import { signIn, type SignedIn } from '../xero/sign-in.ts';
import type { Consent, SignOutPlace, TokenKeeper } from '../xero/token-keeper.ts';
import { adoptNew } from './adopting.ts';
import type { Choices } from './choices.ts';
import { troubleOf, type HistoryLog } from './history.ts';
import { HeldSignIn, type KeptSignIn } from './kept-sign-in.ts';
import type { Reach } from './reach.ts';
import { eventOfProgress } from './sign-in-progress.ts';
import type { StateHolder } from './state-holder.ts';

interface SignInsSurroundings {
  readonly state: StateHolder;
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly history: HistoryLog;
  readonly secrets: SecretStore;
  readonly browser: Browser;
  readonly ports: readonly number[];
  readonly newId: () => string;
  /** Where sign-ins are remembered; its failure fails the sign-in. */
  readonly choices: Pick<Choices, 'beginSignIn' | 'keepSignIn' | 'cleared'>;
}

/** Made before Xero says who it is: the browser is still open. */
interface Attempt {
  readonly id: string;
  readonly app: XeroApp;
  readonly abort: AbortController;
  /** What the sign-in goes back to when the attempt fails. */
  readonly before: SignInState | null;
}

const busy: Failure = {
  code: 'usage',
  message: say('signIns.aSignInIsUnder'),
  next: 'wait',
};

/** All sign-ins to Xero: begun, kept, repeated and ended here. One is begun at a time. */
export class SignIns {
  readonly #surroundings: SignInsSurroundings;
  readonly #held = new Map<string, HeldSignIn>();
  /** By client ID: Xero's limits are an app's, whoever signed in with it. */
  readonly #governors = new Map<string, Governor>();
  #attempt: Attempt | undefined;

  constructor(surroundings: SignInsSurroundings) {
    this.#surroundings = surroundings;
  }

  restore(signIns: readonly KeptSignIn[]): void {
    for (const kept of signIns) this.#held.set(kept.id, this.#hold(kept, null));
  }

  get kept(): readonly KeptSignIn[] {
    return [...this.#held.values()].map(({ kept }) => kept);
  }

  get reaches(): readonly Reach[] {
    return [...this.#held].map(([signInId, { reader }]) => ({ signInId, reader }));
  }

  get keepers(): readonly TokenKeeper[] {
    return [...this.#held.values()].flatMap(({ keeper }) => keeper ?? []);
  }

  /** Signs in with the admin's own Xero app, as pasted. Resolves when the sign-in ended. */
  async begin(pasted: PastedXeroApp): Promise<Result<KeptSignIn>> {
    const app = readXeroApp(pasted);
    if (!app.ok) return app;
    return this.#run(this.#surroundings.newId(), app.value, null);
  }

  /** Through Xero once more with a kept sign-in: for another organisation, or because Xero signed it out. */
  async repeat(id: string): Promise<Result<KeptSignIn>> {
    const state = this.#stateOf(id);
    const held = this.#held.get(id);
    if (held === undefined || state === undefined) return fail(signedOut());
    const { app: kind, clientId } = held.kept;
    if (kind === 'custom') return fail(oneOrganisationOnly);
    const secret = await held.secret();
    if (!secret.ok) return secret;
    const app =
      kind === 'web' ? { kind, clientId, clientSecret: secret.value } : { kind, clientId };
    return this.#run(id, app, state);
  }

  /** Takes a new secret of a kept sign-in's app; after a failure all is as before. */
  async changeSecret(id: string, pasted: string): Promise<Result<void>> {
    const held = this.#held.get(id);
    if (held === undefined) return fail(signedOut());
    const secret = parseClientSecret(pasted);
    if (!secret.ok) return secret;
    const changed = await held.changeSecret(secret.value);
    if (changed.ok) this.found(id, { kind: 'signedIn' });
    return changed;
  }

  cancel(): void {
    this.#attempt?.abort.abort();
  }

  /** Forgets the sign-in's tokens and secret; everywhere, the consent is given back at Xero too. */
  async end(id: string, where: SignOutPlace): Promise<Result<Consent>> {
    const ended = (await this.#held.get(id)?.end(where)) ?? succeed('left' as const);
    if (!ended.ok) return ended;
    this.#surroundings.choices.cleared([id]);
    this.#held.delete(id);
    this.#surroundings.state.tell({ type: 'signInRemoved', id });
    return ended;
  }

  /** Ends one of its connections at Xero; the others and the sign-in stay. */
  disconnect(id: string, connection: Connection, signal: AbortSignal): Promise<Result<void>> {
    const held = this.#held.get(id);
    if (held === undefined) return Promise.resolve(fail(signedOut()));
    return held.reader.disconnect(connection, signal);
  }

  /** Shows what a look found of a sign-in; one that is in the browser just now is left as it is. */
  found(id: string, to: Extract<SignInState, { kind: 'signedIn' | 'needsSignIn' }>): void {
    if (this.#attempt?.id === id) return;
    const { state, history } = this.#surroundings;
    const before = state.snapshot.xero.find((signIn) => signIn.id === id);
    if (to.kind === 'needsSignIn' && before?.state.kind === 'signedIn') {
      const who = before.who?.name ?? null;
      history.record({ kind: 'signIn', what: 'ended', who, because: troubleOf(to.because) });
    }
    state.tell({ type: 'signInMoved', id, to });
  }

  async #run(id: string, app: XeroApp, before: SignInState | null): Promise<Result<KeptSignIn>> {
    if (this.#attempt !== undefined) return fail(busy);
    const attempt: Attempt = { id, app, abort: new AbortController(), before };
    this.#attempt = attempt;
    if (before === null) this.#announce(id, app);
    try {
      const outcome =
        app.kind === 'custom'
          ? await this.#connect(attempt, app.clientSecret)
          : await this.#goThroughBrowser(attempt);
      return outcome.ok
        ? succeed(this.#succeeded(attempt, outcome.value))
        : this.#failed(attempt, outcome.failure);
    } finally {
      this.#attempt = undefined;
    }
  }

  async #goThroughBrowser({ id, app, abort }: Attempt): Promise<Result<HeldSignIn>> {
    const secret = app.kind === 'desktop' ? null : app.clientSecret;
    const readSecret = () => Promise.resolve(succeed(secret ?? ''));
    const { state, clock } = this.#surroundings;
    let held: HeldSignIn | undefined;
    const outcome = await signIn(
      {
        ...this.#surroundings,
        identity: new AppIdentity(app, readSecret, this.#surroundings),
        adopt: async (signedIn) => {
          held = this.#holdFor(id, app, signedIn);
          return this.#adopt(held, signedIn.tokens, secret);
        },
        onProgress: (progress) => state.tell(eventOfProgress(id, progress, clock.now())),
      },
      abort.signal,
    );
    if (!outcome.ok) return outcome;
    return held === undefined ? fail(signedOut()) : succeed(held);
  }

  /** A custom connection needs no browser: what its secret reaches shows that it works. */
  async #connect({ id, app, abort }: Attempt, secret: string): Promise<Result<HeldSignIn>> {
    const { kind, clientId } = app;
    const { state } = this.#surroundings;
    state.tell({ type: 'signInMoved', id, to: { kind: 'finishing' } });
    const same = [...this.#held.values()].find(
      ({ kept }) => kept.app === kind && kept.clientId === clientId,
    );
    if (same !== undefined) {
      const changed = await same.changeSecret(secret);
      return changed.ok ? succeed(same) : changed;
    }
    const facts = { id, app: kind, clientId, subject: '', who: null, renewedAt: null };
    const held = this.#hold(facts, secret);
    const reached = await held.reader.connections('check', abort.signal);
    if (abort.signal.aborted) return fail(signInCancelled);
    const adopted = reached.ok ? await this.#adopt(held, null, secret) : reached;
    return adopted.ok ? succeed(held) : adopted;
  }

  /** One that is kept already goes on with its new token, which is as good as the old one. */
  async #adopt(
    held: HeldSignIn,
    tokens: XeroTokens | null,
    secret: string | null,
  ): Promise<Result<void>> {
    const { kept } = held;
    if (!this.#held.has(kept.id)) return adoptNew(held, tokens, secret, this.#surroundings);
    const stored = await held.keep(tokens, secret);
    return stored.ok ? this.#surroundings.choices.keepSignIn(kept) : stored;
  }

  #announce(id: string, { kind: app, clientId }: XeroApp): void {
    const { state } = this.#surroundings;
    // What remains of an earlier attempt that failed makes room.
    for (const old of state.snapshot.xero) {
      if (!this.#held.has(old.id)) state.tell({ type: 'signInRemoved', id: old.id });
    }
    state.tell({
      type: 'signInAdded',
      signIn: {
        id,
        app,
        clientId,
        who: null,
        state: { kind: 'signedOut', because: null },
        organisations: [],
      },
    });
  }

  #failed(attempt: Attempt, failure: Failure): Result<KeptSignIn> {
    const to = attempt.before ?? { kind: 'signedOut' as const, because: failure };
    const { state, history, log } = this.#surroundings;
    state.tell({ type: 'signInMoved', id: attempt.id, to });
    if (failure.code !== 'signInCancelled') {
      history.record({ kind: 'signIn', what: 'failed', because: troubleOf(failure) });
    }
    log.warn('xero.signInFailed', { code: failure.code });
    return fail(failure);
  }

  #succeeded(attempt: Attempt, held: HeldSignIn): KeptSignIn {
    const { state, log } = this.#surroundings;
    const { kept } = held;
    this.#held.set(kept.id, held);
    if (kept.id !== attempt.id) {
      // Somebody else signed in: their sign-in stands beside the one that was there.
      if (attempt.before === null) state.tell({ type: 'signInRemoved', id: attempt.id });
      else state.tell({ type: 'signInMoved', id: attempt.id, to: attempt.before });
      if (!state.snapshot.xero.some(({ id }) => id === kept.id)) this.#announceKept(kept);
    }
    state.tell({ type: 'signedIn', id: kept.id, who: kept.who });
    log.info('xero.signedIn');
    return kept;
  }

  #announceKept(kept: KeptSignIn): void {
    const { id, app, clientId, who } = kept;
    const signIn = {
      id,
      app,
      clientId,
      who,
      state: { kind: 'signedIn' },
      organisations: [],
    } as const;
    this.#surroundings.state.tell({ type: 'signInAdded', signIn });
  }

  /** The sign-in of this person with this app: the kept one, or a new one. */
  #holdFor(id: string, app: XeroApp, { who }: SignedIn): HeldSignIn {
    const { kind, clientId } = app;
    const { subject, name, email, userId } = who;
    const same = [...this.#held.values()].find(
      ({ kept }) => kept.app === kind && kept.clientId === clientId && kept.subject === subject,
    );
    if (same !== undefined) return same;
    // A kept one whose person isn't remembered any more becomes this person's.
    const taken = this.#held.has(id) && this.#held.get(id)?.kept.subject !== '';
    const free = taken ? this.#surroundings.newId() : id;
    const known = userId === undefined ? {} : { userId };
    const person = { subject, who: { name, email }, ...known };
    const facts = { id: free, app: kind, clientId, ...person, renewedAt: null };
    return this.#hold(facts, kind === 'desktop' ? null : app.clientSecret);
  }

  #hold(facts: KeptSignIn, secret: string | null): HeldSignIn {
    const { clientId } = facts;
    const governor = this.#governors.get(clientId) ?? new Governor(this.#surroundings);
    this.#governors.set(clientId, governor);
    return new HeldSignIn(facts, secret, { ...this.#surroundings, governor });
  }

  #stateOf(id: string): SignInState | undefined {
    return this.#surroundings.state.snapshot.xero.find((signIn) => signIn.id === id)?.state;
  }
}
