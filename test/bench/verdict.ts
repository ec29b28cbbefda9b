import { HIGHEST_RATIO, LONGEST_STRETCH_MS } from './goals.ts';
import type { RawFacts } from './raw.ts';
import type { RunFacts } from './run.ts';

/** What one size came to. */
export interface SizeFacts {
  readonly run: RunFacts;
  readonly raw: RawFacts;
}

/** The processor time of a write against that of the raw insert. */
export function ratioOf({ run, raw }: SizeFacts): number {
  return run.writeCpuMs / raw.cpuMs;
}

/** The longest stretch of all parts, without what other programs took. */
export function longestOf({ run }: SizeFacts): number {
  return Math.max(0, ...Object.values(run.stretches).map(({ ownMs }) => ownMs));
}

/** Which goals are missed, in words: the ratio by the largest size, the stretch by any. */
export function missed(sizes: readonly SizeFacts[]): readonly string[] {
  const largest = sizes.at(-1);
  const ratio = largest === undefined ? 0 : ratioOf(largest);
  const problems = sizes.flatMap(({ run }) =>
    Object.entries(run.stretches)
      .filter(([, { ownMs }]) => ownMs > LONGEST_STRETCH_MS)
      .map(
        ([part, { ownMs }]) =>
          `${run.accounts} accounts: “${part}” kept the main thread for ${ownMs.toFixed(0)} ms at a stretch, over ${LONGEST_STRETCH_MS} ms.`,
      ),
  );
  if (ratio < HIGHEST_RATIO) return problems;
  return [
    ...problems,
    `${largest?.run.accounts} accounts: a write takes ${ratio.toFixed(2)} × the raw insert, not under ${HIGHEST_RATIO} ×.`,
  ];
}
