const MINUTE = 60_000;

interface Call {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Counts calls over a minute that slides, against an allowance that Xero's answers teach: what one
 * says is left, and the calls that had begun by then, is what a minute takes (xero.md §6).
 */
export class MinuteCount {
  #allowance: number;
  #calls: Call[] = [];
  #number = 0;

  /** `allowance` holds until an answer speaks. */
  constructor(allowance: number) {
    this.#allowance = allowance;
  }

  /** From when one more call fits, in milliseconds since 1970; `now` when it fits at once. */
  freeFrom(now: number): number {
    this.#calls = this.#calls.filter(({ at }) => at > now - MINUTE && at <= now);
    const last = this.#calls[this.#calls.length - this.#allowance];
    return last === undefined ? now : last.at + MINUTE;
  }

  /** Counts a call; the number it returns names it in `learn`. */
  begin(now: number): number {
    this.#number += 1;
    this.#calls.push({ number: this.#number, at: now });
    return this.#number;
  }

  /** How many calls began after that one. */
  since(number: number): number {
    return this.#number - number;
  }

  /** The answer to that call said that so many more fit into the minute. */
  learn(remaining: number, number: number, now: number): void {
    const counted = this.#calls.filter((call) => call.number <= number && call.at > now - MINUTE);
    // None at all would be for ever: after a minute one call asks anew.
    this.#allowance = Math.max(1, remaining + counted.length);
  }
}
