/**
 * Headers and answers for packages that ask the runtime for `Headers` and `Response`: with either, Node loads its
 * own fetch, and with it WebAssembly (main/fetch.ts). The bundler puts these in their place
 * (electron.vite.config.ts); what nothing bundled uses of the Fetch standard isn't there.
 */

type Init = Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[^\0\r\n\u0100-\uffff]*$/;

export class PlainHeaders {
  readonly [Symbol.toStringTag] = 'Headers';
  readonly #values = new Map<string, string>();

  constructor(init: Init = {}) {
    const entries =
      Symbol.iterator in init
        ? (init as Iterable<readonly [string, string]>)
        : Object.entries(init);
    for (const [name, value] of entries) this.append(name, value);
  }

  append(name: string, value: string): void {
    const key = keyOf(name);
    const before = this.#values.get(key);
    const added = valueOf(value);
    this.#values.set(key, before === undefined ? added : `${before}, ${added}`);
  }

  set(name: string, value: string): void {
    this.#values.set(keyOf(name), valueOf(value));
  }

  get(name: string): string | null {
    return this.#values.get(keyOf(name)) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(keyOf(name));
  }

  delete(name: string): void {
    this.#values.delete(keyOf(name));
  }

  forEach(tell: (value: string, name: string, headers: this) => void): void {
    for (const [name, value] of this) tell(value, name, this);
  }

  entries(): MapIterator<[string, string]> {
    return new Map([...this.#values].sort(([one], [other]) => (one < other ? -1 : 1))).entries();
  }

  keys(): MapIterator<string> {
    return new Map(this.entries()).keys();
  }

  values(): MapIterator<string> {
    return new Map(this.entries()).values();
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }
}

/** An answer whose body is all there, as text. */
export class PlainResponse {
  readonly [Symbol.toStringTag] = 'Response';
  readonly status: number;
  readonly headers: PlainHeaders;
  /** Nothing that could still be coming. */
  readonly body = null;
  readonly #text: string | null;
  #used = false;

  constructor(text: string | null = null, init: { status?: number; headers?: Init } = {}) {
    this.status = init.status ?? 200;
    if (this.status < 200 || this.status > 599) throw new RangeError('no status of an answer');
    this.headers = new PlainHeaders(init.headers);
    this.#text = text;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  clone(): PlainResponse {
    this.#refuseUsed();
    return new PlainResponse(this.#text, { status: this.status, headers: this.headers });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- it rejects, as the platform's does
  async text(): Promise<string> {
    this.#refuseUsed();
    this.#used = this.#text !== null;
    return this.#text ?? '';
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  #refuseUsed(): void {
    if (this.#used) throw new TypeError('the body has been read already');
  }
}

function keyOf(name: string): string {
  if (!NAME.test(name)) throw new TypeError('no name of a header');
  return name.toLowerCase();
}

function valueOf(value: string): string {
  const trimmed = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (!VALUE.test(trimmed)) throw new TypeError('no value of a header');
  return trimmed;
}
