import type { Readable } from 'node:stream';
import { DialAgent, PlainDialAgent } from './dial-agents.ts';
import type { Dial, Network } from './ports.ts';

/**
 * Fetches by Node's own client, over connections of the dial. Any fetch there is brings WebAssembly along, for
 * which V8 keeps a compiler in memory for good.
 */
export function fetchOver(dial: Dial): Network['fetch'] {
  const agents = { httpAgent: new PlainDialAgent(dial), httpsAgent: new DialAgent(dial) };
  return async (url, { method = 'GET', headers = {}, body, signal } = {}) => {
    // Loaded when first used: what only reads Xero with a token at hand never does.
    const { default: axios } = await import('axios');
    try {
      const answer = await axios.request<Readable>({
        ...agents,
        url,
        method,
        headers: { ...headers },
        ...(body === undefined ? {} : { data: body.toString() }),
        ...(signal === undefined ? {} : { signal }),
        // Axios would read the environment by itself; the agents know the way.
        proxy: false,
        maxRedirects: 0,
        validateStatus: null,
        responseType: 'stream',
      });
      return {
        status: answer.status,
        headers: headersOf(answer.headers),
        body: piecesOf(answer.data, signal),
      };
    } catch (error) {
      throw reasonOf(error, signal);
    }
  };
}

/** The body as it comes; who stops reading it hangs up. */
async function* piecesOf(body: Readable, signal: AbortSignal | undefined): AsyncGenerator {
  try {
    yield* body;
  } catch (error) {
    throw reasonOf(error, signal);
  }
}

function headersOf(headers: object): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    for (const each of Array.isArray(value) ? value : [value]) all.append(name, String(each));
  }
  return all;
}

/** As every fetch rejects: the reason of an abort itself, or a TypeError by what broke. */
function reasonOf(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  // Axios puts an error of its own around what broke.
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return new TypeError('fetch failed', { cause });
}
