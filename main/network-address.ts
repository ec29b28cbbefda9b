import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Addresses of the documentation (RFC 5737, RFC 3849): no network is nearer to them than the default one. */
const ANYWHERE = [
  { family: 'udp4', address: '192.0.2.1' },
  { family: 'udp6', address: '2001:db8::1' },
] as const;

/**
 * This computer's own address on the way to the internet, or null when no way leads there. Nothing is
 * sent: to connect a datagram socket is only to ask the system for the route, on every system.
 */
export async function defaultAddress(): Promise<string | null> {
  for (const { family, address } of ANYWHERE) {
    const socket = createSocket(family);
    try {
      socket.connect(9, address);
      await once(socket, 'connect');
      return socket.address().address;
    } catch {
      // No route for this family.
    } finally {
      socket.close();
    }
  }
  return null;
}
