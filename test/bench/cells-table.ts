import type { CellFacts, Taken } from './cell.ts';
import { slopesOf } from './cells-verdict.ts';

const FIGURES: readonly (readonly [string, (taken: Taken) => number, (value: number) => string])[] =
  [
    ['calls', ({ calls }) => calls, String],
    ['wall', ({ wallMs }) => wallMs, seconds],
    ['processor', ({ cpuMs }) => cpuMs, seconds],
    ['peak memory', ({ peakBytes }) => peakBytes, megabytes],
    ['file', ({ fileBytes }) => fileBytes, (bytes) => `${(bytes / 1e6).toFixed(2)} MB`],
  ];

/** Each cell as a line: ours, the official SDK's, and the one in units of the other. */
export function cellsTable(cells: readonly CellFacts[]): readonly string[] {
  const heading = ['organisations × accounts'.padEnd(25), ...FIGURES.map(([name]) => column(name))];
  const lines = cells.map(({ organisations, accounts, ours, official }) =>
    [
      `${organisations} × ${accounts}`.padEnd(25),
      ...FIGURES.map(([, of, shown]) => {
        const [our, their] = [of(ours), of(official)];
        return column(`${shown(our)} / ${shown(their)} = ${(our / their).toFixed(2)}`);
      }),
    ].join(''),
  );
  const slopes = slopesOf(cells).map(
    ({ organisations, lower, upper }) =>
      `${organisations} organisations: ${microseconds(lower)} for one more account, then ${microseconds(upper)}`,
  );
  return ['Ours / the official SDK’s syncer = ratio', heading.join(''), ...lines, ...slopes];
}

function column(text: string): string {
  return text.padStart(31);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function microseconds(milliseconds: number): string {
  return `${(milliseconds * 1000).toFixed(0)} µs`;
}
