import { C1Client } from '../c1/client.ts';
import { openConnection } from '../c1/connection.ts';
import type { Credential } from '../c1/credential.ts';
import type { C1Event } from '../c1/events.ts';
import type { HostFacts } from '../c1/hello.ts';
import type { TaskLedger } from '../c1/ledger.ts';
import { TaskLoop } from '../c1/task-loop.ts';
import type { TaskHandlers } from '../c1/task.ts';
import { TokenSource } from '../c1/token-source.ts';
import { resourceTypes } from '../c1z/messages.ts';
import type { Clock, Endpoints, Log, Network, Random } from '../ports.ts';

export interface C1Surroundings {
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly facts: HostFacts;
  readonly ledger: TaskLedger;
  readonly handlers: TaskHandlers;
}

/** The life of one credential with C1: its client, and the loop that works on tasks. */
export interface C1Session {
  readonly client: C1Client;
  readonly loop: TaskLoop;
  /** Hangs up; the loop must have ended. */
  close(): void;
}

export function openC1Session(
  credential: Credential,
  surroundings: C1Surroundings,
  onEvent: (event: C1Event) => void,
): C1Session {
  const { endpoints, network, clock, random, log, facts, ledger, handlers } = surroundings;
  const userAgent = `${facts.packageName}/${facts.packageVersion}`;
  const connection = openConnection(endpoints.c1ApiHost ?? credential.host, network.ca);
  const tokens = new TokenSource({
    credential,
    network,
    clock,
    random,
    log,
    apiHost: endpoints.c1ApiHost,
    userAgent,
  });
  const client = new C1Client({ connection, tokens, clock, facts, userAgent });
  const loop = new TaskLoop({
    client,
    handlers,
    resourceTypes,
    ledger,
    clock,
    random,
    log,
    onEvent,
  });
  return { client, loop, close: () => connection.close() };
}
