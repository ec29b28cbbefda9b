import type { BatonServiceHelloRequest } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { TaskRecord } from './queue.ts';
import type { Upload } from './uploads.ts';

/** What happened in the sandbox, in order. Times are milliseconds since 1970. */
export type SandboxEvent = { readonly at: number } & (
  | { readonly kind: 'token'; readonly clientId: string; readonly refused: string | null }
  | {
      readonly kind: 'hello';
      readonly clientId: string;
      readonly request: BatonServiceHelloRequest;
    }
  | { readonly kind: 'poll'; readonly clientId: string; readonly hostId: string }
  | { readonly kind: 'claimed'; readonly task: TaskRecord }
  | { readonly kind: 'heartbeat'; readonly task: TaskRecord }
  | { readonly kind: 'upload'; readonly clientId: string; readonly upload: Upload }
  | { readonly kind: 'finished'; readonly task: TaskRecord }
  /** C1 said no to something that breaks no rule, as it had stopped waiting for the task. */
  | { readonly kind: 'unwanted'; readonly rpc: string; readonly task: TaskRecord | undefined }
  | { readonly kind: 'violation'; readonly rpc: string; readonly problem: string }
  | { readonly kind: 'fault'; readonly where: string }
);
export type EventKind = SandboxEvent['kind'];
export type EventOf<K extends EventKind> = Extract<SandboxEvent, { kind: K }>;
type Unstamped<E> = E extends SandboxEvent ? Omit<E, 'at'> : never;

/** A long-lived demo polls once a second: older events are forgotten beyond this. */
const KEPT = 20_000;

interface Waiter {
  offer(event: SandboxEvent): boolean;
  giveUp(): void;
}

/** Remembers every event and wakes those who wait for one. */
export class Journal {
  readonly #now: () => number;
  readonly #events: SandboxEvent[] = [];
  #waiters: Waiter[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  record(event: Unstamped<SandboxEvent>): void {
    const stamped = { ...event, at: this.#now() };
    this.#events.push(stamped);
    if (this.#events.length > KEPT) this.#events.shift();
    this.#waiters = this.#waiters.filter((waiter) => !waiter.offer(stamped));
  }

  all<K extends EventKind>(kind: K): EventOf<K>[] {
    return this.#events.filter((event): event is EventOf<K> => event.kind === kind);
  }

  /** The first event of the kind that matches, whether it has happened already or is still to come. */
  waitFor<K extends EventKind>(
    kind: K,
    matches: (event: EventOf<K>) => boolean = () => true,
  ): Promise<EventOf<K>> {
    const past = this.all(kind).find(matches);
    if (past !== undefined) return Promise.resolve(past);
    const isIt = (event: SandboxEvent): event is EventOf<K> => event.kind === kind;
    return new Promise((resolve, reject) => {
      this.#waiters.push({
        offer: (event) => {
          if (!isIt(event) || !matches(event)) return false;
          resolve(event);
          return true;
        },
        giveUp: () => reject(new Error(`The sandbox closed before there was such a ${kind}.`)),
      });
    });
  }

  close(): void {
    for (const waiter of this.#waiters) waiter.giveUp();
    this.#waiters = [];
  }
}
