import { z } from 'zod';
import type { Failure } from '../../shared/errors.ts';
import { failureOfWay } from '../../shared/way-failures.ts';
import type { XeroAnswer } from './api.ts';
import {
  cutShort,
  rateLimited,
  requestRefused,
  scopeMissing,
  signedOut,
  tooLarge,
  unavailable,
  unknownForm,
  unreachable,
  unreadable,
} from './errors.ts';
import { organisationForbidden } from './organisation-errors.ts';

/** Which of Xero's limits a 429 names in `X-Rate-Limit-Problem` (xero.md §6). */
export type Limit = 'concurrent' | 'minute' | 'day' | 'appminute';

const SECOND = 1000;
/** How long a 429 is obeyed that doesn't say how long. */
const USUAL_PAUSE: Readonly<Record<Limit, number>> = {
  concurrent: SECOND,
  minute: 60 * SECOND,
  appminute: 60 * SECOND,
  day: 3600 * SECOND,
};

/** Xero spells the keys of an error body in two ways: read them without case (xero.md §6). */
const ErrorBody = z
  .record(z.string(), z.unknown())
  .transform((body) =>
    Object.fromEntries(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value])),
  )
  .pipe(z.object({ detail: z.string().nullish() }));

/**
 * What an answer other than 2xx means, by the table of xero.md §6. `name` is the organisation's;
 * null where it is about none.
 */
export function failureOfAnswer(answer: XeroAnswer, name: string | null, now: number): Failure {
  const { status } = answer;
  const detail = detailOf(answer);
  if (status === 0) {
    if (answer.body === 'unreadable') return unreadable(detail);
    if (answer.body === 'tooLarge') return tooLarge(detail);
    return failureOfWay(answer.body) ?? unreachable(detail);
  }
  // What Xero refuses, it refuses in JSON or without a body; a page is a proxy's.
  if (status >= 400 && status < 500 && status !== 429 && isPage(answer)) return unreadable(detail);
  if (status === 401) {
    const scope = /insufficient_scope/i.test(answer.headers['www-authenticate'] ?? '');
    return scope || /AuthorizationUnsuccessful/i.test(bodyDetail(answer))
      ? { ...scopeMissing, detail }
      : signedOut(detail);
  }
  if (status === 403 && name !== null) return organisationForbidden(name, detail);
  const limited = limitOf(answer);
  if (limited !== null) return rateLimited(limited.limit, now + limited.pauseMs, now, detail);
  if (status >= 500) return unavailable(detail);
  if (status >= 200 && status < 400) return unreadable(detail);
  return requestRefused(detail);
}

/**
 * What a 2xx answer means that isn't what Xero describes. Names the first field at fault, and nothing
 * of the content, which may be anybody's.
 */
export function failureOfContent(answer: XeroAnswer, field: readonly PropertyKey[]): Failure {
  const detail = detailOf(answer);
  if (typeof answer.body === 'object') {
    return unknownForm(`${detail}; its field "${field.join('.')}" isn't as Xero describes it`);
  }
  if (typeof answer.body === 'string' && /^\s*[[{]/.test(answer.body)) return cutShort(detail);
  const [type] = /^[\w.+-]+\/[\w.+-]+/.exec(answer.headers['content-type'] ?? '') ?? [];
  return unreadable(type === undefined ? detail : `${detail}, content type ${type.slice(0, 64)}`);
}

function isPage({ body }: XeroAnswer): boolean {
  return typeof body === 'string' && body.trimStart().startsWith('<');
}

/** The limit that a 429 names, by the minute when it names none, and how long it asks to wait; else null. */
export function limitOf({
  status,
  headers,
}: XeroAnswer): { readonly limit: Limit; readonly pauseMs: number } | null {
  if (status !== 429) return null;
  const named = Problem.safeParse(headers['x-rate-limit-problem']?.trim().toLowerCase());
  const limit = named.success ? named.data : 'minute';
  return { limit, pauseMs: pauseAfter(headers['retry-after'], limit) };
}

/** The milliseconds that a `Retry-After` in seconds asks to wait; the usual pause where it says none. */
export function pauseAfter(retryAfter: string | null | undefined, limit: Limit): number {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND : USUAL_PAUSE[limit];
}

/** The milliseconds that a `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), asks to wait; 0 where there is none. */
export function askedPause({ headers }: XeroAnswer, now: number): number {
  const told = headers['retry-after'] ?? '';
  const ms = /^\d+$/.test(told) ? Number(told) * SECOND : Date.parse(told) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

const Problem = z.enum(['concurrent', 'minute', 'day', 'appminute']);

/** How many more calls an answer says Xero takes; null where it doesn't say. */
export function remainingOf({ headers }: XeroAnswer): {
  readonly day: number | null;
  readonly minute: number | null;
  readonly appMinute: number | null;
} {
  const told = (name: string): number | null => {
    const text = headers[name]?.trim() ?? '';
    return /^\d+$/.test(text) ? Number(text) : null;
  };
  return {
    day: told('x-daylimit-remaining'),
    minute: told('x-minlimit-remaining'),
    appMinute: told('x-appminlimit-remaining'),
  };
}

/** Status and correlation id, for support; nothing of the body, which may hold anything. */
function detailOf(answer: XeroAnswer): string {
  const correlation = answer.headers['xero-correlation-id'];
  const status = statusOf(answer);
  return correlation === undefined
    ? status
    : `${status}, correlation id ${correlation.slice(0, 64)}`;
}

function statusOf({ status, body }: XeroAnswer): string {
  if (status !== 0) return `Xero answered ${status}`;
  return body === 'tooLarge' ? 'Xero’s answer was over the limit of size' : 'No answer from Xero';
}

function bodyDetail(answer: XeroAnswer): string {
  const parsed = ErrorBody.safeParse(answer.body);
  return parsed.success ? (parsed.data.detail ?? '') : '';
}
