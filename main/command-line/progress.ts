import type { SyncState } from '../../shared/snapshot.ts';
import type { Log, LogFields } from '../ports.ts';

/** One line of a terminal that is written over and over. */
export interface Progress {
  show(state: SyncState): void;
  clear(): void;
}

export interface Screen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const WIDTH = 24;
const ERASE = '\r\u001b[K';

/** How far a sync is, on a terminal alone: elsewhere it stays silent. */
export function openProgress(screen: Screen): Progress {
  if (screen.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let shown = false;
  const clear = (): void => {
    if (shown) screen.write(ERASE);
    shown = false;
  };
  const show = (state: SyncState): void => {
    const text = lineOf(state);
    if (text === null) return clear();
    screen.write(`${ERASE}${text}`);
    shown = true;
  };
  return { show, clear };
}

/** The log of a terminal that also shows progress: the bar makes room for each line. */
export function besideProgress(log: Log, progress: Progress): Log {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
      progress.clear();
      log[level](event, fields);
    };
  return {
    ...log,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

function lineOf(state: SyncState): string | null {
  switch (state.kind) {
    case 'reading':
      return `${bar(state.done, state.of)} reading Xero, ${state.done} of ${state.of}`;
    case 'writing':
      return `${bar(1, 1)} writing the file`;
    case 'uploading':
      return `${bar(state.sent, state.of)} uploading`;
    default:
      return null;
  }
}

function bar(done: number, of: number): string {
  const filled = of <= 0 ? 0 : Math.round((Math.min(done, of) / of) * WIDTH);
  return `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}]`;
}
