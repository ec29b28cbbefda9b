import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Clock, Random } from '../ports.ts';
import type { XeroAnswer } from './api.ts';
import { rateLimited, readingCancelled } from './errors.ts';
import { limitOf, remainingOf, type Limit } from './failures.ts';
import { MinuteCount } from './minute-count.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Xero's published limits (xero.md §6), which hold until an answer says otherwise. */
const AT_ONCE = 5;
const PER_MINUTE = 60;
const PER_APP_MINUTE = 10_000;

/** Longer than this nothing sleeps in one piece: timers stand still while a laptop sleeps. */
const LONGEST_SLEEP = MINUTE;

/** What Xero last said of an organisation's day. */
export interface DayBudget {
  /** How many calls are left. */
  readonly left: number;
  /** When Xero said so, in milliseconds since 1970. */
  readonly at: number;
}

/** What a call is about, and how long it may be held back. */
export interface Passage {
  /** The organisation's tenant id; null for a call about none, as the list of connections. */
  readonly organisation: string | null;
  /** In milliseconds; a longer pause is told instead of waited out. */
  readonly patience: number;
}

interface Pause {
  readonly limit: Limit;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** One organisation's share of the app's calls. */
interface Lane {
  readonly minute: MinuteCount;
  running: number;
  /** Fewer than Xero's five at once, for a while after it refused as many. */
  fewer: { readonly atOnce: number; readonly until: number } | null;
  pause: Pause | null;
  day: DayBudget | null;
  waiting: (() => void)[];
}

/** A call under way, by its numbers in the counts. */
interface Begun {
  readonly lane: Lane;
  readonly ofLane: number;
  readonly ofApp: number;
}

/**
 * Keeps the calls of one Xero app (client ID) within Xero's limits, for the app and for each
 * organisation, by what Xero's own answers say of them. Shared by all sign-ins with that app.
 */
export class Governor {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #lanes = new Map<string | null, Lane>();
  readonly #minute = new MinuteCount(PER_APP_MINUTE);
  #pause: Pause | null = null;

  constructor({ clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Does a call once Xero's limits let it through, and learns from its answer. Fails with
   * `xeroRateLimited` and the time, without a call, where that takes longer than the patience.
   */
  async call<A extends XeroAnswer>(
    { organisation, patience }: Passage,
    work: () => Promise<Result<A>>,
    signal: AbortSignal,
  ): Promise<Result<A>> {
    const lane = this.#lane(organisation);
    const begun = await this.#turn(lane, patience, signal);
    if (!begun.ok) return begun;
    try {
      const answer = await work();
      if (answer.ok) this.#learn(begun.value, answer.value);
      return answer;
    } finally {
      lane.running -= 1;
      for (const wake of lane.waiting.splice(0)) wake();
    }
  }

  /** What is left of the organisation's day; null before Xero said so, or once that is a day ago. */
  day(organisation: string): DayBudget | null {
    const { day } = this.#lane(organisation);
    return day !== null && this.#clock.now() - day.at < DAY ? day : null;
  }

  #lane(organisation: string | null): Lane {
    const key = organisation?.toLowerCase() ?? null;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const minute = new MinuteCount(PER_MINUTE);
    const lane = { minute, running: 0, fewer: null, pause: null, day: null, waiting: [] };
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Begins a call as soon as it may; nobody else can take the place in between. */
  async #turn(lane: Lane, patience: number, signal: AbortSignal): Promise<Result<Begun>> {
    const deadline = this.#clock.now() + patience;
    for (;;) {
      if (signal.aborted) return fail(readingCancelled);
      const now = this.#clock.now();
      const pause = this.#pauseOf(lane, now);
      if (pause !== null && pause.until > deadline) return fail(notAsked(pause, now));
      if (pause !== null) {
        const jittered = (pause.until - now) * (1 + this.#random.fraction() / 4);
        await this.#clock.sleep(Math.min(LONGEST_SLEEP, jittered), signal);
      } else if (lane.running >= placesOf(lane, now)) {
        await placeFreed(lane, signal);
      } else {
        return succeed(this.#begin(lane));
      }
    }
  }

  /** What holds the lane back the longest, or null. */
  #pauseOf(lane: Lane, now: number): Pause | null {
    const pauses: readonly (Pause | null)[] = [
      this.#pause,
      lane.pause,
      { limit: 'minute', until: lane.minute.freeFrom(now) },
      { limit: 'appminute', until: this.#minute.freeFrom(now) },
    ];
    return pauses.reduce(
      (longest, pause) =>
        pause !== null && pause.until > Math.max(now, longest?.until ?? 0) ? pause : longest,
      null,
    );
  }

  #begin(lane: Lane): Begun {
    const now = this.#clock.now();
    lane.running += 1;
    if (lane.day !== null) lane.day = { ...lane.day, left: Math.max(0, lane.day.left - 1) };
    return { lane, ofLane: lane.minute.begin(now), ofApp: this.#minute.begin(now) };
  }

  #learn({ lane, ofLane, ofApp }: Begun, answer: XeroAnswer): void {
    const now = this.#clock.now();
    const left = remainingOf(answer);
    if (left.day !== null) {
      // Calls that began since may not be counted in it yet.
      lane.day = { left: Math.max(0, left.day - lane.minute.since(ofLane)), at: now };
    }
    const limited = limitOf(answer);
    if (limited !== null) {
      this.#obey(lane, limited.limit, now, limited.pauseMs);
      return;
    }
    if (left.minute !== null) lane.minute.learn(left.minute, ofLane, now);
    if (left.appMinute !== null) this.#minute.learn(left.appMinute, ofApp, now);
  }

  #obey(lane: Lane, limit: Limit, now: number, pauseMs: number): void {
    const pause = { limit, until: now + pauseMs };
    if (limit === 'appminute') {
      this.#pause = pause;
      return;
    }
    // A short pause mustn't end a long one that another call was told of.
    if (lane.pause === null || lane.pause.until < pause.until) lane.pause = pause;
    if (limit !== 'concurrent') return;
    lane.fewer = { atOnce: Math.max(1, lane.running - 1), until: pause.until + MINUTE };
  }
}

function placesOf({ fewer }: Lane, now: number): number {
  return fewer !== null && now < fewer.until ? fewer.atOnce : AT_ONCE;
}

function placeFreed(lane: Lane, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      signal.removeEventListener('abort', wake);
      resolve();
    };
    signal.addEventListener('abort', wake);
    lane.waiting.push(wake);
  });
}

function notAsked({ limit, until }: Pause, now: number): Failure {
  return rateLimited(limit, until, now, `Xero wasn’t asked: its limit "${limit}" lasts`);
}
