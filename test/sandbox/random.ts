/** Numbers that look random and are the same for the same seed: the sandbox's data never surprises. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1 (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `below` - 1. */
  integer(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  /** One of `choices`, each as likely. */
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.integer(choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  }

  /** One of the words, as likely as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>, fallback: T): T {
    const entries = Object.entries<number>(weights);
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [word, weight] of entries) {
      left -= weight;
      if (left < 0 && isKey(weights, word)) return word;
    }
    return fallback;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      this.integer(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    );
    const digits = hex.join('');
    const variant = '89ab'.charAt(parseInt(digits.charAt(16), 16) & 3);
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `${variant}${digits.slice(17, 20)}`,
      digits.slice(20),
    ].join('-');
  }

  /** Letters and digits, as Xero's API keys are written. */
  key(length: number): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    return Array.from({ length }, () => letters.charAt(this.integer(letters.length))).join('');
  }
}

function isKey<T extends string>(weights: Readonly<Record<T, number>>, word: string): word is T {
  return word in weights;
}
