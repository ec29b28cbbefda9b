import { LONGEST_FRAME_MS, type Frames, type FramesOf } from './frames.ts';
import { GOALS, HIGHEST_IDLE_SHARE, type Figure } from './goals.ts';

/** Ours and a bare Electron in one run: milliseconds for the first two, bytes for the others. */
export type AppFigures = Readonly<Record<Figure, { readonly ours: number; readonly bare: number }>>;

export interface AppFacts {
  readonly figures: AppFigures;
  /** Processor time while idle, as a part of one processor. */
  readonly idle: { readonly ours: number; readonly bare: number };
  /** The same while C1 is asked each second. */
  readonly polling: number;
  readonly frames: { readonly ours: FramesOf; readonly bare: FramesOf };
}

const ROWS: readonly (readonly [Figure, string, (value: number) => string])[] = [
  ['tray', 'from the start to the tray', milliseconds],
  ['window', 'from the start to a usable window', milliseconds],
  ['memoryTray', 'memory with the tray only', megabytes],
  ['memoryWindow', 'memory with the window', megabytes],
];

const KINDS = [
  ['typing', 'longest frame, typing over 100,000 people'],
  ['scrolling', 'longest frame, scrolling over 100,000 people'],
] as const;

/** The figures for a person, a line each. */
export function appTable({ figures, idle, polling, frames }: AppFacts): readonly string[] {
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
  const asked = ['the same, C1 asking to be polled each second', percent(polling), '', '', ''];
  const drawn = KINDS.map(([kind, name]) => {
    const [ours, bare] = [frames.ours[kind], frames.bare[kind]];
    return [name, frame(ours), frame(bare), '', `≤ ${milliseconds(LONGEST_FRAME_MS)}`];
  });
  return [heading, ...rows, resting, asked, ...drawn].map(([name = '', ...cells]) =>
    [name.padEnd(46), ...cells.map((cell) => cell.padStart(18))].join(''),
  );
}

/** Which goals are missed, in words. */
export function missedByApp(facts: AppFacts): readonly string[] {
  return [...overRatio(facts), ...overIdle(facts), ...overFrames(facts)];
}

function overRatio({ figures }: AppFacts): readonly string[] {
  return ROWS.filter(([figure]) => {
    const { ours, bare } = figures[figure];
    return ours / bare > GOALS[figure];
  }).map(([figure, name]) => {
    const { ours, bare } = figures[figure];
    return `${name}: ${times(ours / bare)} a bare Electron, over ${times(GOALS[figure])}.`;
  });
}

function overIdle({ idle }: AppFacts): readonly string[] {
  if (idle.ours < HIGHEST_IDLE_SHARE) return [];
  return [
    `idle with its window closed it takes ${percent(idle.ours)} of a processor, not under ${percent(HIGHEST_IDLE_SHARE)}.`,
  ];
}

/** Frames that a bare page loses too are the machine's. */
function overFrames({ frames: { ours, bare } }: AppFacts): readonly string[] {
  return KINDS.filter(([kind]) => ours[kind].tooLong > bare[kind].tooLong).map(
    ([kind, name]) =>
      `${name}: ${frame(ours[kind])} over ${milliseconds(LONGEST_FRAME_MS)}; a bare page: ${frame(bare[kind])}.`,
  );
}

/** The longest, and how many were too long. */
function frame({ longest, tooLong, count }: Frames): string {
  return `${milliseconds(longest)}, ${tooLong}/${count}`;
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
