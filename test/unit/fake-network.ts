import { Agent } from 'node:https';
import type { Network } from '../../main/ports.ts';

/** A network of which a test plays the fetching; whatever else goes out is refused. */
export function fetchingBy(fetch: Network['fetch']): Network {
  return { fetch, agent: new Agent(), dial: () => Promise.reject(new Error('no network here')) };
}
