import type { Snapshot } from '../../shared/snapshot.ts';
import type { Ways } from '../../shared/ways.ts';
import type { ConnectorSurroundings } from './surroundings.ts';

interface WaysSurroundings extends Pick<ConnectorSurroundings, 'wayTo' | 'endpoints'> {
  readonly snapshot: () => Snapshot;
}

/** Which ways lead to the two clouds just now, as the settings page shows them. */
export async function readWays({ wayTo, endpoints, snapshot }: WaysSurroundings): Promise<Ways> {
  const { c1 } = snapshot();
  const host = endpoints.c1ApiHost ?? ('credential' in c1 ? c1.credential.host : null);
  const toC1 = host === null ? null : URL.parse(`https://${host}`);
  return {
    xero: await wayTo(new URL(endpoints.xeroApi)),
    c1: toC1 === null ? null : await wayTo(toC1),
  };
}
