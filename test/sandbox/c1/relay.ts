import { connect, createServer, type Server, type Socket } from 'node:net';

const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const ADDRESSES = ['127.0.0.1', '::1'];

interface Pair {
  readonly outside: Socket;
  readonly inside: Socket;
  /** Nothing passes any more, though both ends stay open. */
  forgotten: boolean;
}

/**
 * Passes bytes between callers on both loopback addresses and a server behind it, so that the way in
 * between can fail: be cut, fall silent, or refuse callers while the server keeps what it knows.
 */
export class Relay {
  readonly #behind: number;
  readonly #pairs = new Set<Pair>();
  #servers: Server[] = [];
  #silent = false;

  /** `behind` is the port on 127.0.0.1 that bytes are passed to. */
  constructor(behind: number) {
    this.#behind = behind;
  }

  /** Listens on the port (0: one that is free on both addresses) and returns it; rejects when it is taken. */
  async open(port: number): Promise<number> {
    let chosen = port;
    try {
      for (const address of ADDRESSES) {
        const server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
        if (!(await bind(server, address, chosen))) continue;
        this.#servers.push(server);
        chosen = portOf(server);
      }
    } catch (error) {
      await this.close();
      throw error;
    }
    return chosen;
  }

  /** Cuts all connections and takes no more. */
  async close(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise((done) => server.close(done)));
    this.#servers = [];
    this.cut();
    await Promise.all(closed);
  }

  cut(): void {
    for (const { outside, inside } of this.#pairs) {
      outside.destroy();
      inside.destroy();
    }
  }

  /** While silent, connections stay open and nothing passes either way, as when a cable was pulled. */
  set silent(silent: boolean) {
    this.#silent = silent;
    for (const pair of this.#pairs) this.#join(pair);
  }

  /** Nothing passes over the connections that are open now, as when a router forgot them; new ones work. */
  forget(): void {
    for (const pair of this.#pairs) {
      pair.forgotten = true;
      this.#join(pair);
    }
  }

  #accept(outside: Socket): void {
    const inside = connect({ port: this.#behind, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { outside, inside, forgotten: false };
    this.#pairs.add(pair);
    for (const socket of [outside, inside]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        outside.destroy();
        inside.destroy();
      });
    }
    this.#join(pair);
  }

  #join({ outside, inside, forgotten }: Pair): void {
    if (this.#silent || forgotten) {
      outside.unpipe(inside);
      inside.unpipe(outside);
      outside.pause();
      inside.pause();
    } else {
      outside.pipe(inside);
      inside.pipe(outside);
    }
  }
}

/** False when this machine has no IPv6. */
function bind(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (host === '::1' && NO_IPV6.has(codeOf(error))) resolve(false);
      else reject(error);
    });
    server.listen({ host, port }, () => resolve(true));
  });
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
