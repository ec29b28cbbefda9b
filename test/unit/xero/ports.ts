import { createServer, type AddressInfo, type Server } from 'node:net';

/** The loopback addresses that this computer has; some have no IPv6. */
export async function loopbackAddresses(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const address of ['127.0.0.1', '::1']) {
    const server = await hold(0, address).catch(() => null);
    if (server === null) continue;
    found.push(address);
    await release(server);
  }
  return found;
}

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

/** A port that nobody holds at the moment. */
export async function freePort(): Promise<number> {
  const server = await hold(0, '127.0.0.1');
  const port = portOf(server);
  await release(server);
  return port;
}
