import type { Answer, Handler } from './http.ts';
import { refusal } from './refusals.ts';

/** The parts of Xero that can be made to fail. */
export const ENDPOINTS = [
  'home',
  'discovery',
  'keys',
  'authorize',
  'login',
  'consent',
  'errorPage',
  'token',
  'revocation',
  'connections',
  'disconnection',
  'users',
  'organisation',
  /** Xero's own page of users, which people see and no app reads. */
  'usersPage',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** One way in which Xero has a bad day. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** In seconds. */
      readonly retryAfter?: number | undefined;
      /** `concurrent`, `minute`, `day` or `appminute`. */
      readonly problem?: string | undefined;
      /** Instead of Xero's own body for this status, which is empty for most. */
      readonly body?: string | undefined;
    }
  /** A web page where JSON was due. */
  | { readonly kind: 'html' }
  | { readonly kind: 'empty' }
  /** The right answer, cut in the middle. */
  | { readonly kind: 'truncated' }
  /** No answer until the caller gives up. */
  | { readonly kind: 'hang' }
  /** The right answer, as soon as the test lets it go. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** The connection is reset before anything was done. */
  | { readonly kind: 'reset' }
  /** The work is done, a refresh token rotated, and the answer is lost. */
  | { readonly kind: 'answerLost' };

export interface PlannedFault {
  readonly endpoint: Endpoint;
  readonly fault: Fault;
  /** For so many calls; 1 when not given, `Infinity` until faults are cleared. */
  readonly times?: number | undefined;
  /** For calls with this `xero-tenant-id` alone. */
  readonly organisationId?: string | undefined;
}

/** The bad days that are planned, in the order they were planned. */
export class Faults {
  #planned: (PlannedFault & { left: number })[] = [];

  plan(fault: PlannedFault): void {
    this.#planned.push({ ...fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** Wraps a handler so that it fails as planned. */
  wrap(endpoint: Endpoint, work: Handler): Handler {
    return async (request) => {
      const fault = this.#take(endpoint, request.header('xero-tenant-id'));
      switch (fault?.kind) {
        case undefined:
          return work(request);
        case 'status':
          return failing(fault);
        case 'html':
          return htmlPage();
        case 'empty':
          return { status: 200, headers: { 'Content-Type': 'application/json' } };
        case 'truncated': {
          const outcome = await work(request);
          if (outcome === 'dropped' || outcome.body === undefined) return outcome;
          return { ...outcome, body: outcome.body.slice(0, outcome.body.length / 2) };
        }
        case 'hang':
          await request.closed;
          return 'dropped';
        case 'hold':
          await fault.until;
          return work(request);
        case 'reset':
          return 'dropped';
        case 'answerLost':
          await work(request);
          return 'dropped';
      }
    };
  }

  #take(endpoint: Endpoint, organisationId: string | undefined): Fault | undefined {
    const planned = this.#planned.find(
      (it) =>
        it.endpoint === endpoint &&
        (it.organisationId === undefined || it.organisationId === organisationId),
    );
    if (planned === undefined) return undefined;
    planned.left -= 1;
    if (planned.left <= 0) this.#planned.splice(this.#planned.indexOf(planned), 1);
    return planned.fault;
  }
}

function failing({ status, retryAfter, problem, body }: Fault & { kind: 'status' }): Answer {
  const usual = refusal(status);
  return {
    status,
    headers: {
      ...usual.headers,
      ...(body !== undefined && { 'Content-Type': contentType(body) }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...(problem !== undefined && { 'X-Rate-Limit-Problem': problem }),
    },
    body: body ?? usual.body ?? '',
  };
}

function contentType(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'text/html';
}

function htmlPage(): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html' },
    body: '<!doctype html><title>Sandbox</title><h1>We’ll be back shortly</h1>',
  };
}
