import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { answerPage, type AnswerPage } from './answer-page.ts';
import { portsTaken, signInRepeated, signInStateMismatch } from './errors.ts';

/** What the browser brought back, and how to tell the person in it what came of it. */
export interface Answer {
  readonly url: URL;
  readonly reply: (page: AnswerPage) => void;
}

interface LoopbackOptions {
  readonly ports: readonly number[];
  /** Called for an answer with a missing or foreign `state`, which is ignored. */
  readonly onStray: () => void;
}

/** Loopback addresses that `localhost` may mean; a port is ours only when we hold it on both. */
const ADDRESSES = ['127.0.0.1', '::1'] as const;
const PATH = '/callback';

/**
 * The listener that Xero's redirect reaches: loopback only, GET only, exact path
 * and Host, one answer with the right `state`, then closed (RFC 8252 §7.3 and
 * §8; desktop.md §1). Nothing from the query is echoed.
 */
export class Loopback {
  readonly redirectUri: string;
  readonly #port: number;
  readonly #servers: readonly Server[];
  readonly #onStray: () => void;
  #expected: { state: string; deliver: (answer: Answer) => void } | undefined;
  #answered = false;

  private constructor(port: number, servers: readonly Server[], onStray: () => void) {
    this.#port = port;
    this.redirectUri = `http://localhost:${port}${PATH}`;
    this.#servers = servers;
    this.#onStray = onStray;
    for (const server of servers) {
      server.on('request', (request, response) => this.#receive(request, response));
    }
  }

  /** Takes the first port that is free on IPv4 and IPv6; fails with `portsTaken` when none is. */
  static async open(options: LoopbackOptions): Promise<Result<Loopback>> {
    for (const port of options.ports) {
      const servers = await bindEverywhere(port);
      if (servers !== undefined) return succeed(new Loopback(port, servers, options.onStray));
    }
    return fail(portsTaken(options.ports));
  }

  /** Resolves with the first answer that carries `state`; never, if it doesn't come. */
  answer(state: string): Promise<Answer> {
    return new Promise((deliver) => {
      this.#expected = { state, deliver };
    });
  }

  /** Stops listening. Answers under way are still sent. */
  close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeIdleConnections();
    }
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const origin = `localhost:${this.#port}`;
    // Put together, not resolved: a target such as `//elsewhere/callback` must not name another host.
    const url = URL.parse(`http://${origin}${request.url ?? ''}`);
    if (request.headers.host !== origin) return refuse(response, 421);
    if (url?.host !== origin || url.pathname !== PATH) return refuse(response, 404);
    if (request.method !== 'GET') return refuse(response, 405);

    const expected = this.#expected;
    if (expected === undefined || !sameText(url.searchParams.get('state') ?? '', expected.state)) {
      this.#onStray();
      return send(response, 400, {
        tone: 'bad',
        title: say('loopback.notThisSignIn'),
        text: signInStateMismatch.message,
      });
    }
    if (this.#answered) {
      return send(response, 400, {
        tone: 'bad',
        title: say('loopback.alreadyUsed'),
        text: signInRepeated.message,
      });
    }
    this.#answered = true;
    expected.deliver({
      url,
      reply: (page) => send(response, page.tone === 'good' ? 200 : 400, page),
    });
  }
}

async function bindEverywhere(port: number): Promise<readonly Server[] | undefined> {
  const servers: Server[] = [];
  for (const address of ADDRESSES) {
    const outcome = await bind(port, address);
    if (outcome === 'noSuchAddress') continue;
    if (outcome === 'taken') {
      for (const server of servers) server.close();
      return undefined;
    }
    servers.push(outcome);
  }
  return servers.length === 0 ? undefined : servers;
}

function bind(port: number, address: string): Promise<Server | 'taken' | 'noSuchAddress'> {
  return new Promise((resolve) => {
    const server = createServer({ requestTimeout: 10_000, keepAliveTimeout: 1 });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const absent = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      resolve(absent ? 'noSuchAddress' : 'taken');
    });
    server.listen({ port, host: address, exclusive: true, ipv6Only: true }, () => resolve(server));
  });
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', Connection: 'close' }).end();
}

function send(response: ServerResponse, status: number, page: AnswerPage): void {
  const { headers, body } = answerPage(page);
  response.writeHead(status, { ...headers, Connection: 'close' }).end(body);
}
