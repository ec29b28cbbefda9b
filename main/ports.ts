import type { Result } from '../shared/errors.ts';

/** What the core asks of its surroundings. The desktop and the command line each bring their own. */

/** Time. Tests bring a clock they turn by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The system's keychain, one text per key. A locked or absent one is a failure, never an empty answer. */
export interface SecretStore {
  read(key: string): Promise<Result<string | null>>;
  /** Resolves once the secret is stored durably. */
  write(key: string, secret: string): Promise<Result<void>>;
  erase(key: string): Promise<Result<void>>;
}

/** The system's browser. */
export interface Browser {
  open(address: string): Promise<Result<void>>;
}

export interface Clipboard {
  write(text: string): void;
}

/** The network, with the trust and proxy that hold for all of it. */
export interface Network {
  readonly fetch: typeof fetch;
  /** Certificate authorities in PEM on top of Node's own, or undefined for Node's alone. */
  readonly ca: string | undefined;
}

/** Values that may stand in a log: counts, codes, shortened ids. No names, e-mail addresses or secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /**
   * Hands each line of every level from now on to `sink`, as redacted JSON without its end of line,
   * until the function it returns is called. A log that goes nowhere has no such thing.
   */
  listen?(sink: (line: string) => void): () => void;
}

/** Randomness for identifiers and jitter. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** At least 0, below 1. */
  fraction(): number;
}

/** Addresses of the two clouds. Defaults are Xero's own; tests and private gateways move them. */
export interface Endpoints {
  readonly xeroApi: string;
  readonly xeroIdentity: string;
  readonly xeroLogin: string;
  /** Replaces the host of the C1 client ID for calls, not for the token's audience (c1-protocol.md §1.4). */
  readonly c1ApiHost: string | undefined;
}
