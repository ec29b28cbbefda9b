/** What is measured, and what it must come to. */
export const SIZES: readonly number[] = [1000, 10_000, 100_000];
export const ORGANISATIONS = 25;
export const SEED = 1;

/** Of the largest size: a write, model and worker included, against inserting its rows raw. */
export const HIGHEST_RATIO = 4;
export const RATIO_FROM_ACCOUNTS = 100_000;
/** Of every size: for how many milliseconds nothing else of the main thread may have its turn. */
export const LONGEST_STRETCH_MS = 50;
