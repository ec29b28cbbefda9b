import type { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { AccessReport } from '../shared/access-report.ts';
import type { Result } from '../shared/errors.ts';
import type { Place } from '../shared/places.ts';

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
  /** Resolves once the secret is stored durably and was read back. */
  write(key: string, secret: string): Promise<Result<void>>;
  erase(key: string): Promise<Result<void>>;
}

/** A keychain that can tell what the app has put into it. */
export interface ListedSecrets extends SecretStore {
  keys(): Promise<Result<readonly string[]>>;
}

/** The system's browser. */
export interface Browser {
  open(address: string): Promise<Result<void>>;
}

/** Certificate authorities out of a file of the admin's. */
export interface CaFile {
  readonly pem: string;
  /** What the certificates call themselves, in the file's order. */
  readonly names: readonly string[];
  /** When the last of them runs out, in milliseconds since 1970. */
  readonly validUntil: number;
}

/** The certificate authorities that the admin trusts besides the system's (product.md §6). */
export interface Authorities {
  /** Lets the admin pick their file; resolves with its path, or null when they thought better of it. */
  pick(): Promise<string | null>;
  /** Fails with `caFileUnusable`. */
  read(path: string): Result<CaFile>;
  /** Trusts those, in PEM, from the next connection on, in place of those trusted so before. */
  trust(pem: string | undefined): void;
}

/** What a file to save is, for the system's dialog. */
export interface SaveRequest {
  readonly title: string;
  /** The name it is offered, with its ending. */
  readonly name: string;
  readonly kind: 'csv' | 'jsonl' | 'pdf' | 'zip';
}

/** Lets the admin choose where a file goes. */
export interface SaveDialog {
  /** The path, or null when they thought better of it. */
  pick(request: SaveRequest): Promise<string | null>;
}

/** Lays an evidence report out as a PDF document. */
export interface ReportPrinter {
  /** The document's bytes; gives up, and puts everything away, when the signal aborts. */
  print(report: AccessReport, signal: AbortSignal): Promise<Result<Uint8Array>>;
}

/** The system's own window of files. */
export interface FileManager {
  /** Opens it on a file's folder, with the file chosen. */
  reveal(path: string): void;
}

/** Something that only a person can mend. */
export interface Notice {
  /** Names the cause, so that it is told once: no name and no secret, as the settings keep it. */
  readonly cause: string;
  readonly title: string;
  readonly body: string;
  /** Where a click leads: to what the person must do. */
  readonly place: Place;
}

/** The system's notifications. */
export interface Notifier {
  /** Shows a notice, unless the window has the focus: who looks at it sees the cause there. */
  notify(notice: Notice): void;
}

/** Whether the system starts the app, hidden, when its user logs in. */
export interface StartAtLogin {
  /** What holds now, whoever changed it. */
  isOn(): Promise<boolean>;
  /** After a failure all is as it was. */
  set(on: boolean): Promise<Result<void>>;
}

export interface Clipboard {
  write(text: string): void;
  read(): Promise<string>;
  clear(): void;
}

/**
 * The network. One trust (TLS 1.2 or newer) and one proxy policy hold for all three ways
 * (product.md §6): what opens a connection otherwise goes past them.
 */
export interface Network {
  /** Rejects as the Fetch standard's does. Follows no redirect: what it is asked for holds secrets. */
  readonly fetch: (address: string, request?: FetchRequest) => Promise<FetchAnswer>;
  /** For what speaks HTTP/1.1 by Node's own client, as xero-node does. */
  readonly agent: Agent;
  /** For what speaks a protocol of its own, as C1's gRPC does. */
  readonly dial: Dial;
}

export interface FetchRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  readonly signal?: AbortSignal;
}

export interface FetchAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Bytes, as they come; null where there are none. */
  readonly body: AsyncIterable<unknown> | null;
}

export interface Destination {
  readonly host: string;
  readonly port: number;
  /** What is spoken over TLS, for example `h2`; or no TLS at all. */
  readonly security: { readonly kind: 'tls'; readonly speaks: string } | { readonly kind: 'none' };
}

/** Opens a connection that is ready to be used. Rejects with an error whose `code` says why not. */
export type Dial = (to: Destination) => Promise<Duplex>;

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
  /** Nothing is written any more, as when its file is erased. */
  mute?(): void;
}

/** The log as it was written. */
export interface LogFile {
  /** At most so many, the newest last; none where there is no log. */
  lastLines(count: number): Promise<readonly string[]>;
}

/** What the window's browser engine keeps by itself. */
export interface BrowserData {
  clear(): Promise<void>;
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
