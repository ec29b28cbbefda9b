import type { Log, LogFields, Random } from '../../../main/ports.ts';

/** A log that keeps its lines for tests to read. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  debug = (event: string, fields?: LogFields) => this.#keep('debug', event, fields);
  info = (event: string, fields?: LogFields) => this.#keep('info', event, fields);
  warn = (event: string, fields?: LogFields) => this.#keep('warn', event, fields);
  error = (event: string, fields?: LogFields) => this.#keep('error', event, fields);

  readonly #sinks = new Set<(line: string) => void>();
  listen = (sink: (line: string) => void) => {
    this.#sinks.add(sink);
    return () => void this.#sinks.delete(sink);
  };

  #keep(level: string, event: string, fields: LogFields = {}): void {
    for (const sink of this.#sinks) sink(JSON.stringify({ level, event, ...fields }));
    this.lines.push(`${level} ${event} ${JSON.stringify(fields)}`);
  }
}

/** Randomness that isn't: bytes count up, and jitter is nil. */
export const steady: Random = {
  bytes: (length) => Uint8Array.from({ length }, (_, index) => index),
  fraction: () => 0.5,
};
