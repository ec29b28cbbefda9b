import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as the handlers see it. */
export interface XeroRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  /** The body read as a form. */
  readonly form: URLSearchParams;
  /** A header's value; the name in lower case. */
  header(name: string): string | undefined;
  cookie(name: string): string | undefined;
  /** Settles when the caller has gone or has been answered. */
  readonly closed: Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, or the connection cut without one. */
export type Outcome = Answer | 'dropped';
export type Handler = (request: XeroRequest) => Outcome | Promise<Outcome>;

/** Longest body that a caller may send: a token request is under 5 kB. */
const LONGEST_BODY = 100_000;

export async function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: string,
): Promise<XeroRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > LONGEST_BODY) throw new Error('the request is too long for the sandbox');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const header = (name: string): string | undefined => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', origin),
    body,
    form: new URLSearchParams(body),
    header,
    cookie: (name) => cookieIn(header('cookie'), name),
    closed: new Promise((resolve) => response.once('close', () => resolve())),
  };
}

export function sendOutcome(outcome: Outcome, response: ServerResponse): void {
  if (outcome === 'dropped') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(outcome.status, { 'Cache-Control': 'no-store', ...outcome.headers });
  response.end(outcome.body);
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function redirect(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 303, headers: { Location: location, ...headers } };
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
