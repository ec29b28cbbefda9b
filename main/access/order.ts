const SURROGATE = /[\ud800-\udfff]/;

/**
 * Compares two texts by their UTF-8 bytes, the order of every list we hand out (product.md §2).
 * Returns a negative number, 0 or a positive number, as `Array.sort` wants it.
 */
export function byteOrder(a: string, b: string): number {
  if (a === b) return 0;
  // UTF-16, JavaScript's own order, differs from UTF-8 only where surrogate pairs are involved.
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

/** The items in byte order of their keys, as `byteOrder` has it, but quicker for many. */
export function inByteOrder<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  const order = keyed.some(({ key }) => SURROGATE.test(key)) ? byteOrder : plainOrder;
  return keyed.sort((a, b) => order(a.key, b.key)).map(({ item }) => item);
}

function plainOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The distinct texts in byte order. */
function sortedSet(texts: Iterable<string>): readonly string[] {
  const distinct = [...new Set(texts)];
  return distinct.length > 1 ? distinct.sort(byteOrder) : distinct;
}

/** Sorted sets, of which equal ones are one and the same: most people have one of a few. */
export class SharedSets {
  readonly #sets = new Map<string, readonly string[]>();

  of(texts: Iterable<string>): readonly string[] {
    const set = sortedSet(texts);
    const key = JSON.stringify(set);
    const known = this.#sets.get(key);
    if (known === undefined) this.#sets.set(key, set);
    return known ?? set;
  }
}
