import { rootCertificates } from 'node:tls';
import { Agent, fetch as undiciFetch } from 'undici';
import type { Network } from './ports.ts';

/**
 * The network of both shells: Node's own roots plus the authorities in `ca`
 * (PEM), TLS 1.2 or newer, one pool of connections.
 */
export function createNetwork(ca: string | undefined): Network {
  const dispatcher = new Agent({
    connect: {
      minVersion: 'TLSv1.2',
      // Naming an authority replaces Node's own ones, so they are named too.
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    },
  });
  // undici's fetch is the one that Node's types describe; only its type names differ.
  const request: unknown = (input: Parameters<typeof undiciFetch>[0], init?: RequestInit) =>
    undiciFetch(input, { ...(init as Parameters<typeof undiciFetch>[1]), dispatcher });
  return { fetch: request as typeof fetch, ca };
}
