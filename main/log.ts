import electronLog from 'electron-log/node';
import type { Log, LogFields } from './ports.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogOptions {
  readonly level: LogLevel;
  /** One JSON object a line, or words for a terminal. */
  readonly format: 'json' | 'console';
  /** Where lines go: to a rotating file of this path, or to stderr. */
  readonly file: string | null;
}

/** Longest log file; one older file is kept beside it. */
const LARGEST_FILE = 2 * 1024 * 1024;

/** Shapes of secrets: tokens, keys and authorisation headers never pass, whatever field they stand in. */
const SECRET_SHAPES = [
  /secret-token:[^\s"]+/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}/g,
  /\bBearer\s+[^\s"]+/gi,
  /\bBasic\s+[\w+/=-]{8,}/gi,
  /\b(?:access_token|refresh_token|client_secret|client_assertion|code_verifier)=[^&\s"]+/gi,
  /(?<=[?&])code=[^&\s"]+/gi,
  /\b[\w.+-]+@[\w-]+\.[\w.-]+\b/g,
];

export function redact(text: string): string {
  return SECRET_SHAPES.reduce((clean, shape) => clean.replace(shape, '[removed]'), text);
}

/** A log for one process. Logging never throws: a full disk must not stop the work. */
export function createLog(options: LogOptions): Log {
  const logger = electronLog.create({ logId: options.file ?? 'stderr' });
  logger.errorHandler.stopCatching();
  logger.transports.ipc = null as never;
  logger.transports.remote = null as never;
  logger.transports.console.level = false;
  logger.transports.file.level = false;
  if (options.file === null) {
    logger.transports.console.level = options.level;
    logger.transports.console.format = ({ message }) => [lineOf(message, options.format)];
    logger.transports.console.writeFn = ({ message }) => {
      process.stderr.write(`${String(message.data[0])}\n`);
    };
  } else {
    const { file } = options;
    logger.transports.file.level = options.level;
    logger.transports.file.resolvePathFn = () => file;
    logger.transports.file.maxSize = LARGEST_FILE;
    logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
    logger.transports.file.format = ({ message }) => [lineOf(message, options.format)];
  }
  const sinks = new Set<(line: string) => void>();
  const toSinks = (message: Line) => {
    for (const sink of sinks) sink(lineOf(message, 'json'));
  };
  logger.transports['sinks'] = Object.assign(toSinks, { level: 'debug' as const, transforms: [] });
  const write = (level: LogLevel) => (event: string, fields?: LogFields) => {
    logger[level](event, fields ?? {});
  };
  const listen = (sink: (line: string) => void) => {
    sinks.add(sink);
    return () => void sinks.delete(sink);
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    listen,
    mute: () => {
      logger.transports.file.level = false;
    },
  };
}

interface Line {
  readonly level: string;
  readonly date: Date;
  readonly data: readonly unknown[];
}

function lineOf(message: Line, format: LogOptions['format']): string {
  const [event, fields] = message.data as [string, LogFields];
  const time = message.date.toISOString();
  if (format === 'json') {
    return redact(JSON.stringify({ time, level: message.level, event, ...fields }));
  }
  const details = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  return redact([time, message.level.padEnd(5), event, ...details].join(' '));
}
