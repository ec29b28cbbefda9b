import type { CellFacts, Taken } from './cell.ts';
import { HIGHEST_AGAINST_OFFICIAL, HIGHEST_SLOPE } from './goals.ts';

/** What one more account takes by the wall, in milliseconds: between the two smaller sizes, and the two larger. */
export interface Slope {
  readonly organisations: number;
  readonly lower: number;
  readonly upper: number;
}

const FIGURES: readonly (readonly [string, (taken: Taken) => number])[] = [
  ['calls', ({ calls }) => calls],
  ['time', ({ wallMs }) => wallMs],
  ['memory', ({ peakBytes }) => peakBytes],
  ['file', ({ fileBytes }) => fileBytes],
];

/** For each number of organisations that was measured at three sizes. */
export function slopesOf(cells: readonly CellFacts[]): readonly Slope[] {
  return [...new Set(cells.map(({ organisations }) => organisations))].flatMap((organisations) => {
    const [small, middle, large] = cells
      .filter((cell) => cell.organisations === organisations)
      .sort((a, b) => a.accounts - b.accounts);
    if (small === undefined || middle === undefined || large === undefined) return [];
    return [{ organisations, lower: slope(small, middle), upper: slope(middle, large) }];
  });
}

function slope(from: CellFacts, to: CellFacts): number {
  return (to.ours.wallMs - from.ours.wallMs) / (to.accounts - from.accounts);
}

/** Which goals are missed, in words. */
export function missedInCells(cells: readonly CellFacts[]): readonly string[] {
  const figures = cells.flatMap(({ organisations, accounts, ours, official }) =>
    FIGURES.map(([name, of]) => ({ name, ratio: of(ours) / of(official) }))
      .filter(({ ratio }) => ratio > HIGHEST_AGAINST_OFFICIAL)
      .map(
        ({ name, ratio }) =>
          `${organisations} organisations, ${accounts} accounts: ${name} is ${ratio.toFixed(2)} × the official SDK’s.`,
      ),
  );
  const differing = cells
    .filter(({ difference }) => difference !== null)
    .map(
      ({ organisations, accounts, difference }) =>
        `${organisations} organisations, ${accounts} accounts: the two files differ in ${difference ?? ''}.`,
    );
  const slopes = slopesOf(cells)
    .filter(({ lower, upper }) => upper > HIGHEST_SLOPE * lower)
    .map(
      ({ organisations, lower, upper }) =>
        `${organisations} organisations: one more account takes ${(upper / lower).toFixed(2)} × as long from the second size on.`,
    );
  return [...differing, ...figures, ...slopes];
}
