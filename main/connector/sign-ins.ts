import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { SignInState } from '../../shared/snapshot.ts';
import type { Browser, Clock, Endpoints, Log, Network, Random, SecretStore } from '../ports.ts';
import { XeroApi } from '../xero/api.ts';
import { parseClientId } from '../xero/client-id.ts';
import { signedOut } from '../xero/errors.ts';
import { Governor } from '../xero/governor.ts';
import { XeroIdentity } from '../xero/identity.ts';
import { XeroReader } from '../xero/reader.ts';
import { signIn, type SignedIn, type SignInProgress } from '../xero/sign-in.ts';
import { TokenKeeper } from '../xero/token-keeper.ts';
import type { Reach } from './reach.ts';
import type { StateHolder } from './state-holder.ts';

interface SignInsSurroundings {
  readonly state: StateHolder;
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly browser: Browser;
  readonly ports: readonly number[];
  readonly newId: () => string;
  /** Remembers a sign-in whose token is in the keychain; its failure fails the sign-in. */
  readonly keep: (signIn: KeptSignIn) => Result<void>;
}

/** A sign-in that this installation keeps. */
export interface KeptSignIn {
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  readonly who: { readonly name: string; readonly email: string };
}

interface Held {
  readonly kept: KeptSignIn;
  readonly keeper: TokenKeeper;
  readonly reader: XeroReader;
}

/** Made before Xero says who it is: the browser is still open. */
interface Attempt {
  readonly id: string;
  readonly abort: AbortController;
  /** What the sign-in goes back to when the attempt fails. */
  readonly before: SignInState | null;
}

const busy: Failure = {
  code: 'usage',
  message: 'A sign-in is under way already. Finish it in the browser, or cancel it.',
  next: 'wait',
};

/** All sign-ins to Xero: begun, kept, repeated and ended here. One is begun at a time. */
export class SignIns {
  readonly #surroundings: SignInsSurroundings;
  readonly #held = new Map<string, Held>();
  /** By client ID: Xero's limits are an app's, whoever signed in with it. */
  readonly #governors = new Map<string, Governor>();
  #attempt: Attempt | undefined;

  constructor(surroundings: SignInsSurroundings) {
    this.#surroundings = surroundings;
  }

  restore(signIns: readonly KeptSignIn[]): void {
    for (const kept of signIns) this.#held.set(kept.id, this.#hold(kept));
  }

  get kept(): readonly KeptSignIn[] {
    return [...this.#held.values()].map(({ kept }) => kept);
  }

  get reaches(): readonly Reach[] {
    return [...this.#held.values()].map(({ kept, reader }) => ({ signInId: kept.id, reader }));
  }

  get keepers(): readonly TokenKeeper[] {
    return [...this.#held.values()].map(({ keeper }) => keeper);
  }

  /** Signs in with the pasted client ID of the admin's own Xero app. Resolves when the sign-in ended. */
  async begin(pastedClientId: string): Promise<Result<KeptSignIn>> {
    const clientId = parseClientId(pastedClientId);
    if (!clientId.ok) return clientId;
    return this.#run(this.#surroundings.newId(), clientId.value, null);
  }

  /** Through Xero once more with a kept sign-in: for another organisation, or because Xero signed it out. */
  async repeat(id: string): Promise<Result<KeptSignIn>> {
    const state = this.#stateOf(id);
    const clientId = this.#held.get(id)?.kept.clientId;
    if (clientId === undefined || state === undefined) return fail(signedOut());
    return this.#run(id, clientId, state);
  }

  cancel(): void {
    this.#attempt?.abort.abort();
  }

  /** Takes the consent back at Xero and forgets the tokens. */
  async end(id: string): Promise<Result<void>> {
    const held = this.#held.get(id);
    if (held === undefined) {
      this.#surroundings.state.tell({ type: 'signInRemoved', id });
      return succeed();
    }
    const ended = await held.keeper.signOut();
    if (!ended.ok) return ended;
    this.#held.delete(id);
    this.#surroundings.state.tell({ type: 'signInRemoved', id });
    return succeed();
  }

  /** Shows what a look found of a sign-in; one that is in the browser just now is left as it is. */
  found(id: string, to: Extract<SignInState, { kind: 'signedIn' | 'needsSignIn' }>): void {
    if (this.#attempt?.id === id) return;
    this.#surroundings.state.tell({ type: 'signInMoved', id, to });
  }

  async #run(
    id: string,
    clientId: string,
    before: SignInState | null,
  ): Promise<Result<KeptSignIn>> {
    if (this.#attempt !== undefined) return fail(busy);
    const attempt: Attempt = { id, abort: new AbortController(), before };
    this.#attempt = attempt;
    if (before === null) this.#announce(id, clientId);
    const { network, endpoints, clock, browser, ports } = this.#surroundings;
    let adopted: Held | undefined;
    try {
      const outcome = await signIn(
        {
          identity: new XeroIdentity({ kind: 'desktop', clientId }, { endpoints, network, clock }),
          browser,
          clock,
          ports,
          adopt: async (signedIn) => {
            adopted = this.#holdFor(id, clientId, signedIn);
            return this.#adopt(adopted, signedIn);
          },
          onProgress: (progress) => this.#follow(id, progress),
        },
        attempt.abort.signal,
      );
      if (!outcome.ok || adopted === undefined) {
        return this.#failed(attempt, outcome.ok ? signedOut() : outcome.failure);
      }
      return succeed(this.#succeeded(attempt, adopted));
    } finally {
      this.#attempt = undefined;
    }
  }

  /** Both the keychain and the settings hold a new sign-in, or neither does. */
  async #adopt({ kept, keeper }: Held, { tokens }: SignedIn): Promise<Result<void>> {
    const stored = await keeper.adopt(tokens);
    if (!stored.ok) return stored;
    const remembered = this.#surroundings.keep(kept);
    // One that is kept already goes on with its new token, which is as good as the old one.
    if (remembered.ok || this.#held.has(kept.id)) return remembered;
    const forgotten = await keeper.forget();
    if (!forgotten.ok) this.#surroundings.log.warn('xero.tokenLeft');
    return remembered;
  }

  #announce(id: string, clientId: string): void {
    const { state } = this.#surroundings;
    // What remains of an earlier attempt that failed makes room.
    for (const old of state.snapshot.xero) {
      if (!this.#held.has(old.id)) state.tell({ type: 'signInRemoved', id: old.id });
    }
    state.tell({
      type: 'signInAdded',
      signIn: {
        id,
        app: 'desktop',
        clientId,
        who: null,
        state: { kind: 'signedOut', because: null },
        organisations: [],
      },
    });
  }

  #follow(id: string, progress: SignInProgress): void {
    const { state, clock } = this.#surroundings;
    switch (progress.kind) {
      case 'waiting': {
        const { address, redirectUri } = progress;
        const to = {
          kind: 'waitingForBrowser',
          address,
          redirectUri,
          browser: 'opening',
          since: clock.now(),
        } as const;
        state.tell({ type: 'signInMoved', id, to });
        break;
      }
      case 'browser':
        state.tell({ type: 'browserTold', id, browser: progress.state });
        break;
      case 'stray':
        state.tell({ type: 'signInNoted', id, note: progress.failure });
        break;
      case 'finishing':
        state.tell({ type: 'signInMoved', id, to: { kind: 'finishing' } });
    }
  }

  #failed(attempt: Attempt, failure: Failure): Result<KeptSignIn> {
    const to = attempt.before ?? { kind: 'signedOut' as const, because: failure };
    this.#surroundings.state.tell({ type: 'signInMoved', id: attempt.id, to });
    this.#surroundings.log.warn('xero.signInFailed', { code: failure.code });
    return fail(failure);
  }

  #succeeded(attempt: Attempt, held: Held): KeptSignIn {
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
    const { id, clientId, who } = kept;
    const signIn = {
      id,
      app: 'desktop',
      clientId,
      who,
      state: { kind: 'signedIn' },
      organisations: [],
    } as const;
    this.#surroundings.state.tell({ type: 'signInAdded', signIn });
  }

  /** The sign-in of this person with this app: the kept one, or a new one. */
  #holdFor(id: string, clientId: string, { who }: SignedIn): Held {
    const { subject, name, email } = who;
    const same = [...this.#held.values()].find(
      ({ kept }) => kept.clientId === clientId && kept.subject === subject,
    );
    if (same !== undefined) return same;
    // A kept one whose person isn't remembered any more becomes this person's.
    const taken = this.#held.has(id) && this.#held.get(id)?.kept.subject !== '';
    const free = taken ? this.#surroundings.newId() : id;
    return this.#hold({ id: free, clientId, subject, who: { name, email } });
  }

  #hold(kept: KeptSignIn): Held {
    const { endpoints, network, clock, random, log, secrets } = this.#surroundings;
    const app = { kind: 'desktop', clientId: kept.clientId } as const;
    const keeper = new TokenKeeper({
      identity: new XeroIdentity(app, { endpoints, network, clock }),
      secrets,
      key: `xero/${kept.id}`,
      clock,
      log,
    });
    const api = new XeroApi(endpoints, network);
    const governor = this.#governors.get(kept.clientId) ?? new Governor({ clock, random });
    this.#governors.set(kept.clientId, governor);
    const reader = new XeroReader({ api, tokens: keeper, governor, clock, random, log });
    return { kept, keeper, reader };
  }

  #stateOf(id: string): SignInState | undefined {
    return this.#surroundings.state.snapshot.xero.find((signIn) => signIn.id === id)?.state;
  }
}
