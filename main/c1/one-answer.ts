import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';

/**
 * An upload gets one answer (c1-protocol.md §3.5). Connect would read on for as long as others follow,
 * and a peer that sends empty ones without end would keep the whole program busy.
 */
export const oneAnswer: Interceptor = (next) => async (request) => {
  const response = await next(request);
  return response.stream ? { ...response, message: atMostOne(response.message) } : response;
};

async function* atMostOne<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  let count = 0;
  for await (const message of messages) {
    count += 1;
    if (count > 1) throw new ConnectError('more than one answer', Code.Internal);
    yield message;
  }
}
