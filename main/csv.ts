import { stringify } from 'csv-stringify/sync';

/** As many rows as are written in a few milliseconds. */
const PIECE = 1000;

/**
 * A table as CSV that opens well in a spreadsheet: UTF-8 with a byte-order mark, CRLF (RFC 4180), and
 * an apostrophe before what it would take for a formula, which a name of a stranger may be. Comes in
 * pieces, so that a long table doesn't block.
 */
export function* csvPieces(
  columns: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): Generator<string, void> {
  let piece: (readonly (string | number)[])[] = [columns];
  let bom = true;
  for (const row of rows) {
    if (piece.length >= PIECE) {
      yield csvOf(piece, bom);
      piece = [];
      bom = false;
    }
    piece.push(row);
  }
  yield csvOf(piece, bom);
}

function csvOf(rows: readonly (readonly (string | number)[])[], bom: boolean): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom, record_delimiter: 'windows', escape_formulas: true },
  );
}
