import type { Endpoint } from './faults.ts';

/** One call that Xero saw. Holds no token and no body. */
export interface SeenRequest {
  readonly endpoint: Endpoint | 'unknown';
  readonly method: string;
  readonly path: string;
  /** The `xero-tenant-id` header. */
  readonly organisationId: string | undefined;
  /** The answer's status; null while there's none, or when there never was one. */
  status: number | null;
}

interface Waiting {
  readonly endpoint: SeenRequest['endpoint'];
  readonly count: number;
  readonly resolve: () => void;
}

/** Remembers the calls, and tells who waits for one. */
export class Journal {
  readonly #seen: SeenRequest[] = [];
  #waiting: Waiting[] = [];

  record(request: SeenRequest): void {
    this.#seen.push(request);
    const served = this.#waiting.filter((it) => this.seen(it.endpoint).length >= it.count);
    this.#waiting = this.#waiting.filter((it) => !served.includes(it));
    for (const { resolve } of served) resolve();
  }

  seen(endpoint?: SeenRequest['endpoint']): readonly SeenRequest[] {
    return this.#seen.filter((it) => endpoint === undefined || it.endpoint === endpoint);
  }

  /** Resolves once `count` calls of the endpoint have arrived, since the start. */
  arrived(endpoint: SeenRequest['endpoint'], count: number): Promise<void> {
    if (this.seen(endpoint).length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ endpoint, count, resolve }));
  }
}
