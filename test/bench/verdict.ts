import { HIGHEST_RATIO, LONGEST_STRETCH_MS, RATIO_FROM_ACCOUNTS } from './goals.ts';
import type { RawFacts } from './raw.ts';
import type { RunFacts } from './run.ts';
import type { Stretch } from './stretches.ts';

/** What one size came to. */
export interface SizeFacts {
  readonly run: RunFacts;
  readonly raw: RawFacts;
}

/** A write against the raw insert: by the wall on a quiet machine, by the processor on a busy one. */
export function ratioOf(size: SizeFacts): number {
  const { run, raw } = size;
  return wasQuiet(size) ? run.writeMs / raw.ms : run.writeCpuMs / raw.cpuMs;
}

/**
 * A main thread that waits longer for its turn was measured beside other work. Beside its own worker
 * and collectors alone it waits some 6 % of the time where there are two processors.
 */
const QUIET_SHARE = 0.1;

/** Whether the machine had enough processors to spare for the wall's clock to say something. */
export function wasQuiet({ run }: SizeFacts): boolean {
  return run.waitedShare <= QUIET_SHARE;
}

/** By the wall on a quiet machine; on a busy one by the processor, which no other program stretches. */
export function lengthOf(size: SizeFacts, { wallMs, cpuMs }: Stretch): number {
  return wasQuiet(size) ? wallMs : cpuMs;
}

/** The longest stretch of all parts. */
export function longestOf(size: SizeFacts): number {
  return Math.max(0, ...Object.values(size.run.stretches).map((each) => lengthOf(size, each)));
}

/** Which goals are missed, in words: the ratio by the largest size, the stretch by any. */
export function missed(sizes: readonly SizeFacts[]): readonly string[] {
  const largest = sizes.find(({ run }) => run.accounts >= RATIO_FROM_ACCOUNTS);
  const ratio = largest === undefined ? 0 : ratioOf(largest);
  const problems = sizes.flatMap((size) =>
    Object.entries(size.run.stretches)
      .map(([part, stretch]) => ({ part, length: lengthOf(size, stretch) }))
      .filter(({ length }) => length > LONGEST_STRETCH_MS)
      .map(
        ({ part, length }) =>
          `${size.run.accounts} accounts: “${part}” kept the main thread for ${length.toFixed(0)} ms at a stretch, over ${LONGEST_STRETCH_MS} ms.`,
      ),
  );
  if (ratio < HIGHEST_RATIO) return problems;
  return [
    ...problems,
    `${largest?.run.accounts} accounts: a write takes ${ratio.toFixed(2)} × the raw insert, not under ${HIGHEST_RATIO} ×.`,
  ];
}
