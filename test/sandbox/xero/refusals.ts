import { randomUUID } from 'node:crypto';
import { json, type Answer } from './http.ts';

/** Xero's bodies for a refusal (xero.md §6); every other status comes without one. */
export function refusal(status: number): Answer {
  if (status === 401) return unauthorized('AuthenticationUnsuccessful');
  if (status === 403) return problem(403, 'Forbidden', 'AuthenticationUnsuccessful');
  return { status };
}

/** `detail` is `TokenExpired: …`, `AuthenticationUnsuccessful` or `AuthorizationUnsuccessful`. */
export function unauthorized(detail: string): Answer {
  return problem(401, 'Unauthorized', detail);
}

/** The token is good, but a scope is missing. */
export function scopeMissing(): Answer {
  const answer = unauthorized('AuthorizationUnsuccessful');
  return { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': 'insufficient_scope' } };
}

function problem(status: number, title: string, detail: string): Answer {
  return json(
    {
      Type: null,
      Title: title,
      Status: status,
      Detail: detail,
      Instance: randomUUID(),
      Extensions: {},
    },
    status,
  );
}
