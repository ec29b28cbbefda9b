import { describe, expect, it } from 'vitest';
import { PlainHeaders, PlainResponse } from '../../../main/plain-http.ts';

/** Ours and the platform's, which must do alike. */
const HEADERS = [PlainHeaders, Headers] as const;

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

describe('headers', () => {
  it('are kept, joined, sorted and told as the platform’s are', () => {
    const [ours, theirs] = HEADERS.map((Kind) => {
      const headers = new Kind({ Zebra: ' last\t', accept: 'a' });
      headers.append('ACCEPT', 'b');
      headers.append('x-gone', 'c');
      headers.set('Middle', 'ü');
      headers.delete('X-Gone');
      const told: unknown[] = [];
      headers.forEach((value, name) => told.push([name, value]));
      return {
        told,
        all: [...headers],
        entries: Object.fromEntries(headers.entries()),
        names: [...headers.keys()],
        values: [...headers.values()],
        copy: [...new Kind([...headers])],
        asked: [headers.get('AccepT'), headers.get('x-gone'), headers.has('zebra')],
        tag: Object.prototype.toString.call(headers),
      };
    });
    expect(ours).toEqual(theirs);
    expect([...new PlainHeaders(new PlainHeaders({ a: 'b' }))]).toEqual([['a', 'b']]);
  });

  it.each([
    ['', 'a'],
    ['a b', 'c'],
    ['a:', 'b'],
    ['a', 'b\r\nc: d'],
    ['a', 'b\0'],
    ['a', '…'],
  ])('that can’t be sent are refused, as by the platform’s: %j, %j', (name, value) => {
    for (const Kind of HEADERS) {
      expect(() => new Kind({ [name]: value })).toThrow(TypeError);
      expect(() => new Kind().set(name, value)).toThrow(TypeError);
    }
  });
});

describe('an answer', () => {
  it.each([null, '', '{"a":"ü"}', 'no JSON'])(
    'of %j is read as the platform’s is',
    async (text) => {
      const [ours, theirs] = await Promise.all(
        [PlainResponse, Response].map(async (Kind) => {
          const answer = new Kind(text, { status: 201, headers: { 'x-id': '1' } });
          const copy = answer.clone();
          const { status, bodyUsed } = answer;
          const again = async () => [await copy.text(), copy.bodyUsed];
          return {
            status,
            bodyUsed,
            id: answer.headers.get('x-id'),
            json: (await answer.json().catch(nameOf)) as unknown,
            used: answer.bodyUsed,
            copied: await again(),
            twice: await answer.text().catch(nameOf),
            cloned: await again().catch(nameOf),
            tag: Object.prototype.toString.call(answer),
          };
        }),
      );
      expect(ours).toEqual(theirs);
    },
  );

  it.each([101, 199, 600])('has no status %i', (status) => {
    for (const Kind of [PlainResponse, Response]) {
      expect(() => new Kind(null, { status })).toThrow(RangeError);
    }
  });
});
