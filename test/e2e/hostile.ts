import { createServer } from 'node:http';
import { once } from 'node:events';

/** A server of somebody else's on this computer: it answers everything, and notes what was asked. */
export interface HostileServer {
  readonly address: string;
  readonly asked: readonly string[];
  close(): void;
}

export async function startHostile(
  page = '<!doctype html><title>Elsewhere</title>',
): Promise<HostileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' });
    response.end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
