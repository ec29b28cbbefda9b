import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AxiosRequestConfig } from 'axios';
import type { AccountingApi } from 'xero-node';
import { z } from 'zod';
import { failureOfWay } from '../../shared/way-failures.ts';
import type { Endpoints, Network } from '../ports.ts';

/** An HTTP answer of Xero's API; status 0 is a network error. */
export interface XeroAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface XeroCall {
  readonly accessToken: string;
  readonly signal: AbortSignal;
}

export interface ApiLimits {
  /** Milliseconds. */
  readonly timeout: number;
  /** In bytes; an answer larger than this isn't a list of users. */
  readonly largestAnswer: number;
}

const LIMITS: ApiLimits = { timeout: 30_000, largestAnswer: 128 * 1024 * 1024 };

/**
 * Xero's API over xero-node. Never rejects: each call ends as an answer, with
 * status 0 where no answer came (xero.md §3).
 */
export class XeroApi {
  readonly #endpoints: Endpoints;
  readonly #network: Network;
  readonly #limits: ApiLimits;
  /** Settles once the last answer so far is parsed. */
  #parsing: Promise<void> = Promise.resolve();

  constructor(endpoints: Endpoints, network: Network, limits: Partial<ApiLimits> = {}) {
    this.#endpoints = endpoints;
    this.#network = network;
    this.#limits = { ...LIMITS, ...limits };
  }

  users(tenantId: string, call: XeroCall): Promise<XeroAnswer> {
    return this.#accounting(call, (api) => api.getUsers(tenantId));
  }

  organisation(tenantId: string, call: XeroCall): Promise<XeroAnswer> {
    return this.#accounting(call, (api) => api.getOrganisations(tenantId));
  }

  connections(call: XeroCall): Promise<XeroAnswer> {
    return this.#connections('GET', '', call);
  }

  /** Ends a connection, by its own id: for the organisation's, Xero answers 403 (xero.md §2). */
  disconnect(connectionId: string, call: XeroCall): Promise<XeroAnswer> {
    return this.#connections('DELETE', `/${encodeURIComponent(connectionId)}`, call);
  }

  /** xero-node's own way to the connections needs its sign-in, which has no PKCE; so this is its client alone. */
  async #connections(method: 'GET' | 'DELETE', path: string, call: XeroCall): Promise<XeroAnswer> {
    const { default: axios } = await import('axios');
    try {
      const { status, headers, data } = await axios.request<unknown>({
        ...this.#settings(call),
        method,
        url: `${this.#endpoints.xeroApi}/connections${path}`,
        headers: { Authorization: `Bearer ${call.accessToken}`, Accept: 'application/json' },
        validateStatus: null,
      });
      const content = await this.#contentOf(Bytes.parse(data));
      return {
        status,
        headers: Headers.parse(Object.fromEntries(Object.entries(headers))),
        body: content,
      };
    } catch (error) {
      const { message } = error instanceof Error ? error : { message: '' };
      return noAnswer(isTooLarge(message) ? 'tooLarge' : reasonOf(error));
    }
  }

  /** Of a request that axios makes, which by itself has no trust, proxy, time-out or bound. */
  #settings(call: XeroCall): AxiosRequestConfig {
    return {
      httpsAgent: this.#network.agent,
      // Axios would read the environment by itself; the agent knows the way.
      proxy: false,
      timeout: this.#limits.timeout,
      signal: call.signal,
      // Not followed with a token in hand; what answers so isn't Xero.
      maxRedirects: 0,
      maxContentLength: this.#limits.largestAnswer,
      responseType: 'arraybuffer',
    };
  }

  /**
   * Reads one answer at a time, and gives each step a turn of the event loop: several long ones that
   * came together would hold it up for long.
   */
  async #contentOf(bytes: Uint8Array): Promise<unknown> {
    const before = this.#parsing;
    const read = async (): Promise<unknown> => {
      await before;
      await nextTurn();
      const text = new TextDecoder().decode(bytes);
      await nextTurn();
      const content = parseJson(text);
      await nextTurn();
      return content;
    };
    const parsed = read();
    this.#parsing = parsed.then(() => undefined);
    return await parsed;
  }

  async #accounting(
    call: XeroCall,
    work: (
      api: AccountingApi,
    ) => Promise<{ response: { status: number; headers: object; data: unknown } }>,
  ): Promise<XeroAnswer> {
    // Loaded when first needed: it takes long.
    const { AccountingApi: Api } = await import('xero-node/dist/gen/api/accountingApi.js');
    const api = new Api(`${this.#endpoints.xeroApi}/api.xro/2.0`);
    api.accessToken = call.accessToken;
    // This hook of xero-node's own is where a request can be given settings.
    api.setDefaultAuthentication({
      applyToRequest: (request) => {
        // Bytes: of what is parsed, xero-node makes its model, which blocks for long and is thrown away.
        Object.assign(request, this.#settings(call));
        request.transformResponse = (bytes: unknown, _headers: unknown, status: unknown) =>
          isRefusal(status) ? textOf(bytes) : bytes;
      },
    });
    try {
      const { response } = await work(api);
      // The raw answer: xero-node's model drops fields that it doesn't know, GlobalUserID among them.
      return {
        status: response.status,
        headers: Headers.parse({ ...response.headers }),
        body: await this.#contentOf(Bytes.parse(response.data)),
      };
    } catch (error) {
      return rejectedAnswer(error);
    }
  }
}

const Headers = z
  .record(z.string(), z.unknown())
  .transform((headers) =>
    Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
      ),
    ),
  );

/** xero-node rejects with a JSON text (xero.md §3); anything else is a fault between us and it. */
const Rejection = z.object({
  response: z.object({ statusCode: z.number(), headers: Headers, body: z.unknown() }),
});

function rejectedAnswer(error: unknown): XeroAnswer {
  const parsed = Rejection.safeParse(typeof error === 'string' ? parseJson(error) : error);
  if (!parsed.success) return noAnswer('unreadable');
  const { statusCode: status, headers, body } = parsed.data.response;
  if (status === 0 && isTooLarge(String(body))) return noAnswer('tooLarge');
  return { status, headers, body: contentOf(body) };
}

const Bytes = z.instanceof(Uint8Array);

/** What xero-node rejects with, as JSON, where bytes would be a list of numbers. */
function isRefusal(status: unknown): boolean {
  return typeof status !== 'number' || status < 200 || status >= 300;
}

function textOf(bytes: unknown): unknown {
  return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : bytes;
}

/** Axios has no other name for it in what xero-node passes on. */
function isTooLarge(message: string): boolean {
  return message.startsWith('maxContentLength');
}

/** What was wrong on the way is told further; of other errors the name is enough. */
function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : 'unknown';
  return failureOfWay(error)?.detail ?? name;
}

function noAnswer(detail: string): XeroAnswer {
  return { status: 0, headers: {}, body: detail };
}

function contentOf(body: unknown): unknown {
  return typeof body === 'string' ? parseJson(body) : body;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
