import type { C1Client } from '../c1/client.ts';
import type { Connection } from '../c1/connection.ts';
import type { Credential } from '../c1/credential.ts';
import type { C1Event } from '../c1/events.ts';
import type { HostFacts } from '../c1/hello.ts';
import type { Ledger } from '../c1/ledger.ts';
import { openC1 } from '../c1/open.ts';
import { TaskLoop } from '../c1/task-loop.ts';
import type { TaskHandlers } from '../c1/task.ts';
import { resourceTypes } from '../c1z/messages.ts';
import { NEW_ACCOUNT_FIELDS } from '../requests/new-account.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Clock, Endpoints, Log, Network, Random } from '../ports.ts';

export interface C1Surroundings {
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly facts: HostFacts;
  readonly ledger: Ledger;
  /** What is done for the C1 at this host: asked for anew with each task and Hello; after a change, `loop.greetAgain()` tells C1. */
  readonly handlers: (host: string) => TaskHandlers;
  /** Tasks of the C1 at this host that an earlier run left waiting for a person. */
  readonly leftOpen?: (host: string) => Promise<readonly Task[]>;
  /** Whether C1 is asked for one task at a time, as by default, or for several. */
  readonly fetch?: 'one' | 'many';
  /** Resolves once new tasks may be taken, or when the signal aborts. */
  readonly gate?: (signal: AbortSignal) => Promise<void>;
  /** Hears of everything that happens with C1, before the session's owner does. */
  readonly overhear?: (event: C1Event, host: string) => void;
  /** Brought by tests; otherwise one over the network. */
  readonly connection?: Connection;
}

/** The life of one credential with C1: its client, and the loop that works on tasks. */
export interface C1Session {
  readonly client: C1Client;
  readonly loop: TaskLoop;
}

export function openC1Session(
  credential: Credential,
  surroundings: C1Surroundings,
  onEvent: (event: C1Event) => void,
): C1Session {
  const { clock, random, log, ledger, handlers, leftOpen, gate, overhear } = surroundings;
  const { fetch = 'one' } = surroundings;
  const { host } = credential;
  const client = openC1({ ...surroundings, credential });
  const loop = new TaskLoop({
    client,
    handlers: () => handlers(host),
    ...(leftOpen === undefined ? {} : { leftOpen: () => leftOpen(host) }),
    resourceTypes,
    newAccount: NEW_ACCOUNT_FIELDS,
    // What one C1 was to be told is nobody else's business.
    ledger: ledger.of(host),
    ...(gate === undefined ? {} : { gate }),
    fetch,
    clock,
    random,
    log,
    onEvent: (event) => {
      overhear?.(event, host);
      onEvent(event);
    },
  });
  return { client, loop };
}
