import type { Answer, Handler, Outcome, XeroRequest } from './http.ts';

/** How many calls Xero takes (xero.md §6). */
export interface XeroLimits {
  /** At once, for each app and organisation. */
  readonly concurrent: number;
  /** In a minute, for each app and organisation. */
  readonly minute: number;
  /** In a day, for each app and organisation: 1,000 on Starter. */
  readonly day: number;
  /** In a minute, for each app. */
  readonly appMinute: number;
}

export const STARTER_LIMITS: XeroLimits = {
  concurrent: 5,
  minute: 60,
  day: 1000,
  appMinute: 10_000,
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Counts calls over a span that slides with the clock. */
class SlidingCount {
  readonly #limit: number;
  readonly #span: number;
  #calls: number[] = [];

  constructor(limit: number, span: number) {
    this.#limit = limit;
    this.#span = span;
  }

  remaining(now: number): number {
    this.#calls = this.#calls.filter((at) => at > now - this.#span);
    return Math.max(0, this.#limit - this.#calls.length);
  }

  add(now: number): void {
    this.#calls.push(now);
  }

  /** Whole seconds until a call is allowed again. */
  wait(now: number): number {
    const oldest = this.#calls[0] ?? now - this.#span;
    return Math.ceil((oldest + this.#span - now) / 1000);
  }
}

interface OrganisationCount {
  readonly minute: SlidingCount;
  readonly day: SlidingCount;
  running: number;
}

/** Keeps callers within Xero's limits, and tells them in headers how much is left. */
export class Limiter {
  readonly #limits: XeroLimits;
  readonly #now: () => number;
  readonly #apps = new Map<string, SlidingCount>();
  readonly #organisations = new Map<string, OrganisationCount>();

  constructor(limits: XeroLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** A call of an app that is about no organisation. */
  async forApp(clientId: string, request: XeroRequest, work: Handler): Promise<Outcome> {
    const app = this.#app(clientId);
    const now = this.#now();
    if (app.remaining(now) === 0) return tooMany('appminute', app.wait(now), this.#headers(app));
    app.add(now);
    return withHeaders(await work(request), this.#headers(app));
  }

  /** A call of an app about one organisation. */
  async forOrganisation(
    clientId: string,
    organisationId: string,
    request: XeroRequest,
    work: Handler,
  ): Promise<Outcome> {
    const app = this.#app(clientId);
    const organisation = this.#organisation(`${clientId}/${organisationId}`);
    const refused = this.#refuse(app, organisation);
    if (refused !== null) return refused;
    const now = this.#now();
    for (const count of [app, organisation.minute, organisation.day]) count.add(now);
    organisation.running += 1;
    try {
      return withHeaders(await work(request), this.#headers(app, organisation));
    } finally {
      organisation.running -= 1;
    }
  }

  #refuse(app: SlidingCount, organisation: OrganisationCount): Answer | null {
    const now = this.#now();
    const headers = this.#headers(app, organisation);
    const { minute, day, running } = organisation;
    if (day.remaining(now) === 0) return tooMany('day', day.wait(now), headers);
    if (minute.remaining(now) === 0) return tooMany('minute', minute.wait(now), headers);
    if (app.remaining(now) === 0) return tooMany('appminute', app.wait(now), headers);
    if (running >= this.#limits.concurrent) return tooMany('concurrent', 1, headers);
    return null;
  }

  #headers(app: SlidingCount, organisation?: OrganisationCount): Record<string, string> {
    const now = this.#now();
    return {
      'X-AppMinLimit-Remaining': String(app.remaining(now)),
      ...(organisation !== undefined && {
        'X-MinLimit-Remaining': String(organisation.minute.remaining(now)),
        'X-DayLimit-Remaining': String(organisation.day.remaining(now)),
      }),
    };
  }

  #app(clientId: string): SlidingCount {
    const known = this.#apps.get(clientId);
    if (known !== undefined) return known;
    const count = new SlidingCount(this.#limits.appMinute, MINUTE);
    this.#apps.set(clientId, count);
    return count;
  }

  #organisation(key: string): OrganisationCount {
    const known = this.#organisations.get(key);
    if (known !== undefined) return known;
    const count = {
      minute: new SlidingCount(this.#limits.minute, MINUTE),
      day: new SlidingCount(this.#limits.day, DAY),
      running: 0,
    };
    this.#organisations.set(key, count);
    return count;
  }
}

function tooMany(problem: string, seconds: number, headers: Record<string, string>): Answer {
  return {
    status: 429,
    headers: { ...headers, 'X-Rate-Limit-Problem': problem, 'Retry-After': String(seconds) },
  };
}

function withHeaders(outcome: Outcome, headers: Record<string, string>): Outcome {
  if (outcome === 'dropped') return outcome;
  return { ...outcome, headers: { ...headers, ...outcome.headers } };
}
