import type { Destination } from '../../shared/intents.ts';

/** Where the data would go, and why that is to be confirmed. */
export interface DoubtedDestination {
  readonly host: string;
  readonly doubt?: 'unusual' | { readonly insteadOf: string };
}

/** A host is confirmed once: where the data goes already, nobody is asked again. */
export function doubted(
  destination: Destination | null,
  hostInUse: string | null,
): DoubtedDestination | null {
  if (destination === null) return null;
  const { host, unusual } = destination;
  if (hostInUse?.toLowerCase() === host.toLowerCase()) return { host };
  if (unusual) return { host, doubt: 'unusual' };
  return hostInUse === null ? { host } : { host, doubt: { insteadOf: hostInUse } };
}
