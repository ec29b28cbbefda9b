import { DialAgent } from './dial-agents.ts';
import { createDial } from './dial.ts';
import { fetchOver } from './fetch.ts';
import type { Network } from './ports.ts';
import { noProxy, type ProxyFor } from './proxy.ts';
import { trustOf } from './trust.ts';

export interface OwnNetwork extends Network {
  /** Trusts these authorities (PEM) from the next connection on, in place of those named here before. */
  readonly trustAlso: (ca: string | undefined) => void;
}

/**
 * The network of both shells. All that is sent goes over connections of one dial, and so by one
 * trust and one proxy policy: fetch (OAuth), Node's client (xero-node) and C1's gRPC.
 * @param ca certificate authorities in PEM on top of the system's and Node's own
 */
export function createNetwork(ca: string | undefined, proxyFor: ProxyFor = noProxy): OwnNetwork {
  const given = ca === undefined ? [] : [ca];
  let trust = trustOf(given);
  const dial = createDial(() => trust(), proxyFor);
  return {
    fetch: fetchOver(dial),
    agent: new DialAgent(dial),
    dial,
    trustAlso: (more) => {
      trust = trustOf(more === undefined ? given : [...given, more]);
    },
  };
}
