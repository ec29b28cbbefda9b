import * as oidc from 'openid-client';
import { z } from 'zod';
import type { Failure } from '../../shared/errors.ts';
import { failureOfWay } from '../../shared/way-failures.ts';
import {
  clientRejected,
  rateLimited,
  requestRefused,
  scopeMissing,
  signedOut,
  signInDenied,
  signInIncomplete,
  signInInterrupted,
  signInRefused,
  unavailable,
  unreachable,
  unreadable,
} from './errors.ts';
import { pauseAfter } from './failures.ts';

/** What the identity server was asked for: a sign-in that somebody waits for, or a token of one that there is. */
export type Occasion = 'signIn' | 'token';

/**
 * Turns what the OpenID client throws into a failure; never repeats a token or a code.
 * @param last the last answer of the identity server, where there was one
 */
export function failureOfIdentity(
  error: unknown,
  occasion: Occasion,
  { now, last }: { readonly now: number; readonly last: Answer | undefined },
): Failure {
  const onTheWay = failureOfWay(error);
  if (onTheWay !== undefined) return onTheWay;
  const failure = failureOf(error, occasion, { now, last });
  return occasion === 'signIn' ? signInInterrupted(failure) : failure;
}

function failureOf(
  error: unknown,
  occasion: Occasion,
  { now, last }: { readonly now: number; readonly last: Answer | undefined },
): Failure {
  if (error instanceof oidc.AuthorizationResponseError) {
    return error.error === 'access_denied'
      ? signInDenied
      : signInRefused(error.error, error.error_description);
  }
  if (error instanceof oidc.ResponseBodyError) {
    return failureOfRefusal(error.error, error.response, occasion, now);
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) {
    return failureOfRefusal('invalid_client', error.response, occasion, now);
  }
  if (error instanceof oidc.ClientError) {
    // What is wrong with an answer's content comes without the answer.
    const answer = Answer.safeParse(error.cause).data ?? last;
    return failureOfClientError(error, answer, occasion, now);
  }
  return unreachable(error instanceof Error ? error.name : 'unknown');
}

/** An answer in the form of RFC 6749 §5.2. */
function failureOfRefusal(error: string, answer: Answer, occasion: Occasion, now: number): Failure {
  const detail = detailOf(answer, error);
  switch (error) {
    case 'invalid_grant':
      // At a sign-in it is the code that Xero doesn't take, and nobody is signed out.
      return occasion === 'signIn' ? signInIncomplete(detail) : signedOut(detail);
    case 'invalid_client':
    case 'unauthorized_client':
    case 'unsupported_grant_type':
      return clientRejected(detail);
    case 'invalid_scope':
      return { ...scopeMissing, detail };
    default:
      return (
        failureOfStatus(answer, now) ??
        (occasion === 'signIn' ? signInRefused(error) : requestRefused(detail))
      );
  }
}

function failureOfClientError(
  { code }: oidc.ClientError,
  answer: Answer | undefined,
  occasion: Occasion,
  now: number,
): Failure {
  if (code === undefined || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') {
    return unreachable(code ?? 'network');
  }
  const failure = answer === undefined ? null : failureOfStatus(answer, now);
  if (failure !== null) return failure;
  const detail = answer === undefined ? code : detailOf(answer, code);
  // Nobody has to sign in again for a refresh that was answered oddly: it is asked for once more.
  return occasion === 'token' || UNREADABLE.has(code)
    ? unreadable(detail)
    : signInIncomplete(detail);
}

/** The OpenID client's codes for what isn't an answer of an identity server at all. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);

/** What the status says by itself, whatever the body is; else null. */
function failureOfStatus(answer: Answer, now: number): Failure | null {
  if (answer.status === 429) {
    const pauseMs = pauseAfter(answer.headers.get('retry-after'), 'minute');
    return rateLimited('minute', now + pauseMs, now, detailOf(answer));
  }
  return answer.status >= 500 ? unavailable(detailOf(answer)) : null;
}

const Answer = z.object({ status: z.number(), headers: z.instanceof(Headers) });
export type Answer = z.infer<typeof Answer>;

/** Status, kind of refusal and correlation id, for support. */
function detailOf({ status, headers }: Answer, error?: string): string {
  const correlation = headers.get('xero-correlation-id');
  const told = [`Xero’s identity server answered ${status}`, error].filter(Boolean).join(' ');
  return correlation === null ? told : `${told}, correlation id ${correlation.slice(0, 64)}`;
}
