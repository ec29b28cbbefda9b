import type { TaskRecord } from '../sandbox/c1/queue.ts';
import { isSettled } from './play.ts';
import type { Sample } from './serving.ts';

/** All that is known once a run is over. */
export interface Facts {
  readonly tasks: readonly Readonly<TaskRecord>[];
  readonly violations: readonly string[];
  /** What really went wrong, one line for each time. */
  readonly faults: readonly string[];
  readonly samples: readonly Sample[];
  /** When polls arrived, in milliseconds since 1970. */
  readonly polls: readonly number[];
  readonly uploads: number;
  /** The longest silence or restart that was played, in milliseconds. */
  readonly longestOutage: number;
  /** Names of files that shouldn't be there any more. */
  readonly left: readonly string[];
  readonly exitCode: number | null;
  /** Whether a secret stands in what the program printed. */
  readonly toldSecrets: boolean;
}

export const MINUTE = 60_000;
// Generous: a garbage collector frees when it likes, and a leak of a run shows as multiples.
const MOST_GROWTH = 1.35;
const SLACK_MB = 32;
const MORE_SOCKETS = 3;

/** Every promise that was broken, in a sentence; none when all were kept. */
export function broken(facts: Facts): string[] {
  const { tasks, violations, left, exitCode, toldSecrets } = facts;
  const problems = [
    ...tasks.flatMap(wrongEnd),
    ...[...new Set(violations)].map((violation) => `A rule was broken: ${violation}.`),
    ...left.map((name) => `A temporary file was left behind: ${name}.`),
    ...growth(facts.samples),
  ];
  const repeats = sum(tasks, ({ finishes }) => Math.max(0, finishes - 1));
  const asked = sum(tasks, ({ deliveries }) => Math.max(0, deliveries - 1)) + facts.faults.length;
  if (repeats > asked) {
    problems.push(`Answers were repeated ${repeats} times, and only ${asked} times for a reason.`);
  }
  if (exitCode !== 0) problems.push(`It ended with ${exitCode ?? 'a signal'} instead of 0.`);
  if (toldSecrets) problems.push('It printed a secret.');
  return problems;
}

function wrongEnd(task: Readonly<TaskRecord>): string[] {
  const { id, kind, state, outcome, finishes } = task;
  const which = `The ${kind} task ${id}`;
  if (!isSettled(task)) return [`${which} was never answered: it is ${state}.`];
  if (kind === 'none') return finishes === 0 ? [] : [`${which} was answered, and needs none.`];
  if (state === 'cancelled') return [];
  if (finishes === 0) return [`${which} is ${state} without an answer.`];
  if (kind === 'hello' || kind === 'sync_full') {
    return state === 'done' ? [] : [`${which} failed with ${outcome?.code ?? 'no code'}.`];
  }
  // product.md §8: what we don't do is UNIMPLEMENTED, and requests that are switched off FAILED_PRECONDITION.
  const expected = outcome?.code === 12 || outcome?.code === 9;
  return expected ? [] : [`${which} was answered with ${outcome?.code ?? 'no code'}.`];
}

/** The first minute is for warming up; of a shorter run, its first half. */
export function warm(samples: readonly Sample[]): Sample | undefined {
  const last = samples.at(-1);
  if (last === undefined) return undefined;
  return around(samples, Math.min(MINUTE, last.at / 2));
}

/** The middle one of the five samples around a time, so that a single peak says nothing. */
function around(samples: readonly Sample[], at: number): Sample | undefined {
  const nearest = [...samples].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
  return nearest.slice(0, 5).sort((a, b) => a.rssMb - b.rssMb)[2];
}

export function final(samples: readonly Sample[]): Sample | undefined {
  const last = samples.at(-1);
  return last && around(samples, last.at);
}

function growth(samples: readonly Sample[]): string[] {
  const early = warm(samples);
  const late = final(samples);
  if (early === undefined || late === undefined) return [];
  const problems: string[] = [];
  if (late.rssMb > early.rssMb * MOST_GROWTH + SLACK_MB) {
    problems.push(`Memory grew from ${early.rssMb.toFixed()} to ${late.rssMb.toFixed()} MB.`);
  }
  // One moment says little: after a fault none may be open, and before a new one some that are to be closed.
  const before = samples.filter(({ at }) => at <= early.at).map(({ sockets }) => sockets);
  const most = Math.max(...before);
  if (late.sockets > most + MORE_SOCKETS) {
    problems.push(`Open sockets grew from at most ${most} to ${late.sockets}.`);
  }
  return problems;
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((whole, item) => whole + of(item), 0);
}
