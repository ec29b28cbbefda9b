import { describe, expect, it } from 'vitest';
import type { RequestEvent } from '../../../shared/history.ts';
import { fits } from '../../../shared/history-search.ts';
import { tell } from '../../../shared/history-words.ts';

const given: RequestEvent = {
  kind: 'request',
  what: 'asked',
  request: 'request-1',
  person: 'Ana Pires',
  organisation: 'Harbour Ltd',
  task: 'changeRole',
  before: 'Read only',
  asked: 'Standard',
  after: 'Read only',
  because: null,
};
const ended: RequestEvent = { ...given, task: 'remove', asked: null };
const sentence = (event: RequestEvent) => tell(event).sentence;
const details = (event: RequestEvent) =>
  tell(event).details.map(({ name, value }) => `${name}: ${value}`);

describe('The history of a request', () => {
  it('says what C1 asked for', () => {
    expect([
      sentence({ ...given, task: 'invite' }),
      sentence(given),
      sentence(ended),
      sentence({ ...ended, organisation: null, task: 'removeEverywhere' }),
    ]).toEqual([
      'C1 asked to invite Ana Pires to Harbour Ltd as Standard.',
      'C1 asked to give Ana Pires the role Standard in Harbour Ltd.',
      'C1 asked to end the access of Ana Pires to Harbour Ltd.',
      'C1 asked to end the access of Ana Pires to every organisation.',
    ]);
  });

  it('says at its end what Xero showed, in Xero’s own words, and calls it good', () => {
    const verified = { what: 'verified', after: 'Standard' } as const;
    expect(sentence({ ...given, ...verified })).toBe(
      'Xero shows Ana Pires as Standard in Harbour Ltd, as C1 asked.',
    );
    expect(sentence({ ...ended, ...verified })).toContain('as Standard');
    expect(sentence({ ...ended, what: 'verified', after: null })).toBe(
      'Xero doesn’t list Ana Pires in Harbour Ltd any more, as C1 asked.',
    );
    expect(tell({ ...given, ...verified }).tone).toBe('good');
  });

  it('keeps what Xero showed before and after beside what was asked', () => {
    expect(details({ ...given, what: 'verified', after: 'Standard' })).toEqual([
      'In Xero before: Read only',
      'Asked for: Standard',
      'In Xero then: Standard',
      'Request: request-1',
    ]);
    expect(details({ ...ended, what: 'verified', after: null })).toEqual([
      'In Xero before: Read only',
      'Asked for: that it ends',
      'In Xero then: no access',
      'Request: request-1',
    ]);
  });

  it('names no single role where it is about every organisation', () => {
    expect(details({ ...ended, organisation: null })).toEqual([
      'Asked for: that it ends',
      'Request: request-1',
    ]);
  });

  it('calls bad what C1 didn’t get, with the reason where there is one', () => {
    for (const what of ['refused', 'outOfTime', 'tooLate'] as const)
      expect(tell({ ...given, what }).tone).toBe('bad');
    const declined: RequestEvent = { ...given, what: 'declined', because: 'She is on leave.' };
    expect(tell(declined).tone).toBe('neutral');
    expect(details(declined)).toContain('Because: She is on leave.');
  });

  it('is found by its request, from its being asked to its answer', () => {
    const entry = (event: RequestEvent) => ({ id: 'entry', at: 1, event });
    const query = { kinds: ['request'], search: 'request-1' };
    expect(fits(entry(given), query)).toBe(true);
    expect(fits(entry({ ...given, what: 'shown' }), query)).toBe(true);
    expect(fits(entry({ ...given, request: 'request-2' }), query)).toBe(false);
  });
});
