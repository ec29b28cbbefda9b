import { open } from 'node:fs/promises';
import type { Log } from '../ports.ts';

export interface DebugLog {
  /** Stops collecting, and writes what was collected as JSON lines, readable by its owner alone. */
  write(path: string): Promise<void>;
  stop(): void;
}

/** About as long as the log of a very long sync; what comes after is counted, not kept. */
const MOST_LINES = 20_000;

/** Collects the lines that are logged while a task with `debug` runs (c1-protocol.md §4.9 item 7). */
export function collectDebugLog(log: Log): DebugLog {
  const lines: string[] = [];
  let more = 0;
  const stop =
    log.listen?.((line) => {
      if (lines.length < MOST_LINES) lines.push(line);
      else more += 1;
    }) ?? (() => undefined);
  return {
    stop,
    write: async (path) => {
      stop();
      if (more > 0) lines.push(JSON.stringify({ event: 'log.cutOff', more }));
      const file = await open(path, 'w', 0o600);
      try {
        await file.writeFile(lines.map((line) => `${line}\n`).join(''));
      } finally {
        await file.close();
      }
    },
  };
}
