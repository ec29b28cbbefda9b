import type { SeededRandom } from '../sandbox/random.ts';

/** When the process is killed, in milliseconds after what the kind names. */
export interface Moment {
  /** A run of its own, or a service that C1 asks for a sync. */
  readonly command: (typeof COMMANDS)[number];
  readonly kind: (typeof KINDS)[number];
  readonly ms: number;
  /** Which refresh of the process it is about: a second one comes after Xero refused the access token. */
  readonly refresh: 1 | 2;
}

export const COMMANDS = ['sync', 'serve'] as const;

/** Most of them where a token is at stake: between Xero's giving it and its being stored. */
const CHANCES = [
  /** The process was started. */
  { kind: 'started', share: 0.1, within: 1500 },
  /** Xero was asked for a token, and doesn't answer. */
  { kind: 'asked', share: 0.1, within: 20 },
  /** Xero was asked for a token, and answers. */
  { kind: 'answered', share: 0.3, within: 60 },
  /** Xero was asked, gave another token, and the answer is lost. */
  { kind: 'answer lost', share: 0.15, within: 20 },
  /** The new token's file has begun to appear. */
  { kind: 'storing', share: 0.35, within: 8 },
] as const;

export const KINDS = CHANCES.map(({ kind }) => kind);

export function nextMoment(random: SeededRandom): Moment {
  let left = random.fraction();
  const chance = CHANCES.find(({ share }) => (left -= share) < 0) ?? CHANCES[4];
  const refresh = random.fraction() < 0.3 && chance.kind !== 'started' ? 2 : 1;
  const ms = Math.floor(random.fraction() * chance.within);
  const command = random.fraction() < 0.4 ? 'serve' : 'sync';
  return { command, kind: chance.kind, ms, refresh };
}
