import { z } from 'zod';
import type { Failure } from '../../shared/errors.ts';
import { failureOfWay } from '../../shared/way-failures.ts';
import type { XeroAnswer } from './api.ts';
import {
  organisationForbidden,
  rateLimited,
  requestRefused,
  scopeMissing,
  signedOut,
  unavailable,
  unreachable,
  unreadable,
} from './errors.ts';

const DEFAULT_PAUSE_MS = 60_000;

/** Xero spells the keys of an error body in two ways: read them without case (xero.md §6). */
const ErrorBody = z
  .record(z.string(), z.unknown())
  .transform((body) =>
    Object.fromEntries(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value])),
  )
  .pipe(z.object({ detail: z.string().nullish() }));

/** What an answer other than 2xx means, by the table of xero.md §6. `name` is the organisation's. */
export function failureOfAnswer(answer: XeroAnswer, name: string, now: number): Failure {
  const { status } = answer;
  const detail = detailOf(answer);
  if (status === 0) {
    if (answer.body === 'unreadable') return unreadable(detail);
    return failureOfWay(answer.body) ?? unreachable(detail);
  }
  if (status === 401) {
    const scope = /insufficient_scope/i.test(answer.headers['www-authenticate'] ?? '');
    return scope || /AuthorizationUnsuccessful/i.test(bodyDetail(answer))
      ? scopeMissing
      : signedOut(detail);
  }
  if (status === 403) return organisationForbidden(name, detail);
  if (status === 429) {
    const problem = (answer.headers['x-rate-limit-problem'] ?? 'minute').toLowerCase();
    return rateLimited(problem, now + retryAfterMs(answer), now, detail);
  }
  if (status >= 500) return unavailable(detail);
  if (status >= 200 && status < 400) return unreadable(detail);
  return requestRefused(detail);
}

/** How long a 429 asks to wait, in milliseconds; a minute when it doesn't say. */
export function retryAfterMs(answer: XeroAnswer): number {
  const seconds = Number(answer.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : DEFAULT_PAUSE_MS;
}

/** Status and correlation id, for support; nothing of the body, which may hold anything. */
function detailOf(answer: XeroAnswer): string {
  const correlation = answer.headers['xero-correlation-id'];
  const status = answer.status === 0 ? 'No answer from Xero' : `Xero answered ${answer.status}`;
  return correlation === undefined
    ? status
    : `${status}, correlation id ${correlation.slice(0, 64)}`;
}

function bodyDetail(answer: XeroAnswer): string {
  const parsed = ErrorBody.safeParse(answer.body);
  return parsed.success ? (parsed.data.detail ?? '') : '';
}
