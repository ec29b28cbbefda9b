import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Above those of well-known services, below those that Linux, macOS and Windows give out (32768, 49152), and none that the app itself listens on. */
const GIVEN_TO_NOBODY = [10_000, 20_000] as const;

async function loopbackAddresses(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const address of ['127.0.0.1', '::1']) {
    const server = await hold(0, address).catch(() => null);
    if (server === null) continue;
    found.push(address);
    await release(server);
  }
  return found;
}

/** The loopback addresses that this computer has; some have no IPv6. */
export const ADDRESSES = await loopbackAddresses();

/** Listens on a port as another program would. */
export function hold(port: number, address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: address, exclusive: true, ipv6Only: true }, () => resolve(server));
  });
}

export function release(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/**
 * A port that nobody holds at the moment, on either address. It isn't one of those that a system
 * gives to whoever asks for any: another program could get it before its use, and one held on an
 * address would be free on the other.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(...GIVEN_TO_NOBODY);
  const held = await Promise.allSettled(ADDRESSES.map((address) => hold(port, address)));
  const taken = held.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  await Promise.all(taken.map(release));
  return taken.length === ADDRESSES.length ? port : freePort();
}
