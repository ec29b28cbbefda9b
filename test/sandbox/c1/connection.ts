import type { ServerHttp2Stream } from 'node:http2';
import type { AnyRequest } from './tokens.ts';

/** The connection that a call came in on, so that a fault can break it. */
export interface Connection {
  cut(): void;
  /** Sends the beginning of an answer. */
  begin(): Promise<void>;
  /** Breaks this call off with an error code of HTTP/2. */
  reset(code: number): void;
  goAway(): void;
}

export const NO_CONNECTION: Connection = {
  cut: () => undefined,
  begin: () => Promise.resolve(),
  reset: () => undefined,
  goAway: () => undefined,
};

/** A message that says it is 64 bytes long (gRPC's five bytes in front), and the first three of them. */
const HALF_A_MESSAGE = Buffer.from([0, 0, 0, 0, 64, 10, 62, 1]);

/** gRPC comes over HTTP/2 alone; what came otherwise has nothing to break. */
export function connectionOf(request: AnyRequest): Connection {
  return 'stream' in request ? overHttp2(request.stream) : NO_CONNECTION;
}

function overHttp2(stream: ServerHttp2Stream): Connection {
  return {
    cut: () => stream.session?.destroy(),
    begin: async () => {
      if (stream.destroyed || stream.headersSent) return;
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' });
      await new Promise<void>((sent) => stream.write(HALF_A_MESSAGE, () => sent()));
    },
    reset: (code) => stream.close(code),
    goAway: () => stream.session?.close(),
  };
}
