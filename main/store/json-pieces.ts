/** As many elements of a list as are written in a few milliseconds. */
const PIECE = 2000;

/** `JSON.stringify` in pieces: the lists of an object, which may be long, come some elements at a time. */
export function* jsonPieces(value: unknown): Generator<string, void> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield JSON.stringify(value);
    return;
  }
  let before = '{';
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    const start = `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (!Array.isArray(field)) yield `${start}${JSON.stringify(field)}`;
    else yield* listPieces(start, field);
  }
  yield before === '{' ? '{}' : '}';
}

function* listPieces(start: string, list: readonly unknown[]): Generator<string, void> {
  let before = `${start}[`;
  for (let from = 0; from < list.length; from += PIECE) {
    yield `${before}${JSON.stringify(list.slice(from, from + PIECE)).slice(1, -1)}`;
    before = ',';
  }
  yield list.length === 0 ? `${before}]` : ']';
}
