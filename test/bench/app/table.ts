import { GOALS, HIGHEST_IDLE_SHARE, type Figure } from './goals.ts';

/** Ours and a bare Electron in one run: milliseconds for the first two, bytes for the others. */
export type AppFigures = Readonly<Record<Figure, { readonly ours: number; readonly bare: number }>>;

export interface AppFacts {
  readonly figures: AppFigures;
  /** Processor time while idle, as a part of one processor. */
  readonly idle: { readonly ours: number; readonly bare: number };
}

const ROWS: readonly (readonly [Figure, string, (value: number) => string])[] = [
  ['tray', 'from the start to the tray', milliseconds],
  ['window', 'from the start to a usable window', milliseconds],
  ['memoryTray', 'memory with the tray only', megabytes],
  ['memoryWindow', 'memory with the window', megabytes],
];

/** The figures for a person, a line each. */
export function appTable({ figures, idle }: AppFacts): readonly string[] {
  const heading = ['beside a bare Electron', 'ours', 'bare', 'ratio', 'goal'];
  const rows = ROWS.map(([figure, name, shown]) => {
    const { ours, bare } = figures[figure];
    return [name, shown(ours), shown(bare), times(ours / bare), `≤ ${times(GOALS[figure])}`];
  });
  const resting = [
    'processor when idle, window closed',
    percent(idle.ours),
    percent(idle.bare),
    '',
    `< ${percent(HIGHEST_IDLE_SHARE)}`,
  ];
  return [heading, ...rows, resting].map(([name = '', ...cells]) =>
    [name.padEnd(40), ...cells.map((cell) => cell.padStart(12))].join(''),
  );
}

/** Which goals are missed, in words. */
export function missedByApp({ figures, idle }: AppFacts): readonly string[] {
  const over = ROWS.filter(([figure]) => {
    const { ours, bare } = figures[figure];
    return ours / bare > GOALS[figure];
  }).map(([figure, name]) => {
    const { ours, bare } = figures[figure];
    return `${name}: ${times(ours / bare)} a bare Electron, over ${times(GOALS[figure])}.`;
  });
  if (idle.ours < HIGHEST_IDLE_SHARE) return over;
  return [
    ...over,
    `idle with its window closed it takes ${percent(idle.ours)} of a processor, not under ${percent(HIGHEST_IDLE_SHARE)}.`,
  ];
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
