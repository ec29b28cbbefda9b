import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { Browser, Clock } from '../ports.ts';
import { signInCancelled, signInDenied, signInStateMismatch, signInTimedOut } from './errors.ts';
import type { XeroIdentity, XeroPerson, XeroTokens } from './identity.ts';
import { Loopback, type Answer } from './loopback.ts';

export interface SignedIn {
  readonly tokens: XeroTokens;
  readonly who: XeroPerson;
}

/** What the person may be shown while the browser is open. */
export type SignInProgress =
  | { readonly kind: 'waiting'; readonly address: string; readonly redirectUri: string }
  | { readonly kind: 'browser'; readonly state: 'opened' | 'failed' }
  | { readonly kind: 'stray'; readonly failure: Failure }
  | { readonly kind: 'finishing' };

interface SignInSurroundings {
  readonly identity: Pick<XeroIdentity, 'authorize'>;
  readonly browser: Browser;
  readonly clock: Clock;
  /** The ports of the registered redirect URIs, in the order to try. */
  readonly ports: readonly number[];
  /**
   * Takes the tokens over (the refresh token goes to the keychain) before the
   * browser is told that all is well; its failure fails the sign-in.
   */
  readonly adopt: (signedIn: SignedIn) => Promise<Result<void>>;
  readonly onProgress: (progress: SignInProgress) => void;
}

/** How long the listener stays open (desktop.md §1). */
const PATIENCE_MS = 5 * 60_000;

/**
 * One sign-in at Xero: opens the system's browser, waits for the redirect on a
 * loopback port, checks and exchanges the answer. Ends by an answer, by the
 * signal, or after five minutes; the port is free again in every case.
 */
export async function signIn(
  surroundings: SignInSurroundings,
  signal: AbortSignal,
): Promise<Result<SignedIn>> {
  const { identity, ports, onProgress } = surroundings;
  const listening = await Loopback.open({
    ports,
    onStray: () => onProgress({ kind: 'stray', failure: signInStateMismatch }),
  });
  if (!listening.ok) return listening;
  const loopback = listening.value;
  try {
    const authorization = await identity.authorize(loopback.redirectUri);
    if (!authorization.ok) return authorization;
    if (signal.aborted) return fail(signInCancelled);
    const { address, state, exchange } = authorization.value;
    const answered = loopback.answer(state);
    onProgress({ kind: 'waiting', address, redirectUri: loopback.redirectUri });
    const opened = await surroundings.browser.open(address);
    onProgress({ kind: 'browser', state: opened.ok ? 'opened' : 'failed' });

    const answer = await waitFor(answered, surroundings.clock, signal);
    if (!answer.ok) return answer;
    onProgress({ kind: 'finishing' });
    return await finish(answer.value, exchange, surroundings.adopt);
  } finally {
    loopback.close();
  }
}

async function waitFor(
  answered: Promise<Answer>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result<Answer>> {
  const given = new AbortController();
  const patience = clock
    .sleep(PATIENCE_MS, AbortSignal.any([signal, given.signal]))
    .then(() => fail(signal.aborted ? signInCancelled : signInTimedOut));
  const outcome = await Promise.race([answered.then((answer) => succeed(answer)), patience]);
  given.abort();
  return outcome;
}

async function finish(
  answer: Answer,
  exchange: (answer: URL) => Promise<Result<SignedIn>>,
  adopt: (signedIn: SignedIn) => Promise<Result<void>>,
): Promise<Result<SignedIn>> {
  const exchanged = await exchange(answer.url);
  const outcome = exchanged.ok ? await adopt(exchanged.value) : exchanged;
  if (!outcome.ok) {
    const title = say(
      outcome.failure === signInDenied ? 'signIn.notAllowed' : 'signIn.notSignedIn',
    );
    answer.reply({
      tone: 'bad',
      title,
      text: say('signIn.closeThisTab', { why: outcome.failure.message }),
    });
    return outcome;
  }
  answer.reply({
    tone: 'good',
    title: say('common.signedInToXero'),
    text: say('signIn.closeThisTabAndGoBack'),
  });
  return exchanged;
}
