import type { Credential, CredentialPair } from './credentials.ts';
import type { DecodedSync } from './decode.ts';
import type { Faults } from './faults.ts';
import type { EventKind, EventOf } from './journal.ts';
import type { TaskRecord } from './queue.ts';
import type { RequestDesk } from './request-desk.ts';
import type { RequestLife } from './request-life.ts';
import type { Upload } from './uploads.ts';
import type { Wire } from './wire.ts';

export interface C1SandboxOptions {
  /** PEM texts for localhost. */
  readonly certificate: { readonly key: string; readonly cert: string; readonly ca: string };
  /** Of the token endpoint and BatonService; 0 takes a free one. */
  readonly port?: number;
  /** Of the pages; 0 takes a free one. */
  readonly pagesPort?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A credential's first Hello is followed by a sync, as C1's own schedule would have it. On by default. */
  readonly autoSync?: boolean;
  /** `next_poll` with nothing queued, 1 s by default, and with more queued, 0.1 s. */
  readonly idlePollMs?: number;
  readonly busyPollMs?: number;
  /** `next_heartbeat`, 10 s by default. */
  readonly heartbeatMs?: number;
  /** A claimed task that isn't heard of for so long goes back to the queue; 5 min by default. */
  readonly taskTimeoutMs?: number;
  /** How long C1 waits for a request; a day, renewed by heartbeats, when not given. */
  readonly requestLife?: Partial<RequestLife>;
  /** Seconds that a token lives, 600 by default. */
  readonly tokenSeconds?: number;
}

export interface C1Sandbox {
  /** https://localhost:port */
  readonly origin: string;
  /** localhost:port, as in the client IDs. */
  readonly host: string;
  /** http://localhost:port */
  readonly pages: string;
  /** A pair that holds from the start. */
  readonly credential: CredentialPair;
  readonly faults: Faults;
  /** Mishaps of all connections at once. */
  readonly wire: Wire;

  /** Queues a task by the name of its arm (`sync_full`), `unset` or `unknown`; returns its id. */
  enqueue(kind: string, body?: unknown, debug?: boolean): string;
  cancel(taskId: string): boolean;
  deliverAgain(taskId: string): boolean;
  /** Where people ask for access. */
  readonly desk: RequestDesk;
  /** How long C1 waits for requests that it hands out from now on, after the change. */
  setRequestLife(change: Partial<RequestLife>): RequestLife;
  /** C1 stops waiting for a request at once. */
  stopWaiting(taskId: string): boolean;
  tasks(): readonly Readonly<TaskRecord>[];
  uploads(): readonly Upload[];
  /** What C1 shows: the newest good upload whose task ended well. */
  access(): DecodedSync | undefined;

  rotate(): CredentialPair;
  revoke(clientId: string): boolean;
  credentials(): readonly Readonly<Credential>[];
  expireTokens(): void;
  /** All that must never turn up in a file, a log or an output: the secrets and tokens it handed out. */
  secrets(): readonly string[];

  events<K extends EventKind>(kind: K): EventOf<K>[];
  /** Resolves with the first such event, past or to come; rejects when the sandbox closes. */
  waitFor<K extends EventKind>(
    kind: K,
    matches?: (event: EventOf<K>) => boolean,
  ): Promise<EventOf<K>>;
  /** Every broken rule so far, as `<rpc>: <problem>`. */
  violations(): string[];

  /** The same for other processes, by path: see `control.ts`. Throws when there's no such path or the body doesn't fit. */
  control(path: string, body: unknown): Promise<unknown>;
  /** The paths that `control` knows. */
  controls(): readonly string[];
  /** Cuts every connection and removes the uploaded files. */
  close(): Promise<void>;
}
