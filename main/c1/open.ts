import type { Clock, Endpoints, Log, Network, Random } from '../ports.ts';
import { C1Client } from './client.ts';
import { openConnection, type Connection } from './connection.ts';
import type { Credential } from './credential.ts';
import type { HostFacts } from './hello.ts';
import { TokenSource } from './token-source.ts';

export interface OpenC1Options {
  readonly credential: Credential;
  readonly facts: HostFacts;
  readonly network: Network;
  readonly endpoints: Pick<Endpoints, 'c1ApiHost'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Brought by tests; otherwise one over the network. */
  readonly connection?: Connection;
}

/** A client for the C1 that the credential names. Nothing is sent before its first call. */
export function openC1(options: OpenC1Options): C1Client {
  const { credential, facts, network, endpoints, clock, random, log } = options;
  const program = headerText(`${facts.packageName}/${facts.packageVersion}`);
  const apiHost = endpoints.c1ApiHost;
  return new C1Client({
    connection: options.connection ?? openConnection(apiHost ?? credential.host, network.dial),
    tokens: new TokenSource({
      credential,
      network,
      clock,
      random,
      log,
      apiHost,
      userAgent: program,
    }),
    clock,
    facts,
    // The official client puts its name first (c1-protocol.md §3.1).
    userAgent: `${headerText(credential.clientName)} ${program}`,
  });
}

function headerText(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '-');
}
