import type { Code } from '@connectrpc/connect';

/** What can be made to go wrong, each the next so many times (or until cleared). */
export type TokenFault =
  | { readonly kind: 'reject' }
  | { readonly kind: 'status'; readonly status: number }
  /** A captive portal: 200 with a web page. */
  | { readonly kind: 'html' }
  | { readonly kind: 'hang' };

export type RpcFault =
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang' }
  /** The call waits, and is done then as any other. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /**
   * The connection is cut. `before`: C1 never saw the call; `after`: it did all the work, and the
   * answer was lost; `mid`: the same, and half of the answer arrived.
   */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' | 'mid' }
  /** RST_STREAM: this call alone is broken off, with an error code of HTTP/2 (RFC 9113 §7). */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after'; readonly code: number }
  /** GOAWAY: the call is answered, and its connection takes no others. */
  | { readonly kind: 'goaway' };

export interface UploadFault {
  readonly kind: 'drop';
  /** The connection is cut once so many bytes of the file have arrived. */
  readonly afterBytes: number;
}

export type Times = number | 'always';

/** Faults of one place, used up in the order they were injected. */
export class FaultQueue<F> {
  #waiting: { readonly fault: F; left: number }[] = [];

  add(fault: F, times: Times): void {
    this.#waiting.push({ fault, left: times === 'always' ? Infinity : times });
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  take(): F | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    first.left -= 1;
    if (first.left <= 0) this.#waiting.shift();
    return first.fault;
  }

  clear(): void {
    this.#waiting = [];
  }
}

export class Faults {
  readonly token = new FaultQueue<TokenFault>();
  readonly upload = new FaultQueue<UploadFault>();
  readonly #rpc = new Map<string, FaultQueue<RpcFault>>();
  /** `next_poll` of every answer, in milliseconds; null leaves it out, undefined keeps the usual pace. */
  nextPollMs: number | null | undefined = undefined;

  rpc(name: string): FaultQueue<RpcFault> {
    const known = this.#rpc.get(name);
    if (known !== undefined) return known;
    const fresh = new FaultQueue<RpcFault>();
    this.#rpc.set(name, fresh);
    return fresh;
  }

  clear(): void {
    this.token.clear();
    this.upload.clear();
    this.#rpc.clear();
    this.nextPollMs = undefined;
  }
}
