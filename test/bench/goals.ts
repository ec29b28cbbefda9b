/** What is measured, and what it must come to. */
export const SIZES: readonly number[] = [1000, 10_000, 100_000];
export const ORGANISATIONS = 25;
export const SEED = 1;

/** Of the largest size: a write, model and worker included, against inserting its rows raw. */
export const HIGHEST_RATIO = 4;
export const RATIO_FROM_ACCOUNTS = 100_000;
/** Of every size: for how many milliseconds nothing else of the main thread may have its turn. */
export const LONGEST_STRETCH_MS = 50;

/** So many organisations are read side by side with the official SDK. */
export const ORGANISATION_COUNTS: readonly number[] = [1, 3, 25];
/** Ours against the official SDK's syncer, in any cell: no slower, no bigger. */
export const HIGHEST_AGAINST_OFFICIAL = 1;
/** How far the time for one more account may rise from the smaller sizes to the larger ones. */
export const HIGHEST_SLOPE = 1.25;

/** How often each is run in a cell; the largest take minutes. */
export function runsFor(accounts: number): { readonly warmUps: number; readonly counted: number } {
  if (accounts >= 100_000) return { warmUps: 0, counted: 1 };
  return { warmUps: 1, counted: accounts >= 10_000 ? 3 : 5 };
}
