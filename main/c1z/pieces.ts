import type { AccessLists } from '../access/summary.ts';

export interface Piece {
  readonly rows: AccessLists;
  readonly last: boolean;
}

/** As many as are copied to a worker in a few milliseconds. */
const PIECE = 1000;

/** A model's lists in pieces that can be posted one at a time without blocking; at least one. */
export function* piecesOf({
  resources,
  entitlements,
  grants,
}: AccessLists): Generator<Piece, void> {
  const longest = Math.max(resources.length, entitlements.length, grants.length, 1);
  for (let from = 0; from < longest; from += PIECE) {
    const to = from + PIECE;
    yield {
      rows: {
        resources: resources.slice(from, to),
        entitlements: entitlements.slice(from, to),
        grants: grants.slice(from, to),
      },
      last: to >= longest,
    };
  }
}
