import { describe, expect, it } from 'vitest';
import { lookChanges, queryChanges } from '../../../main/access/look-changes.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { changeSentence } from '../../../shared/access-words.ts';
import { FARM, farm, harbour, user } from './build.ts';
import { DAY, FIRST, listedAt } from './looks.ts';

const compare = (before: readonly OrganisationAccess[], after: readonly OrganisationAccess[]) =>
  lookChanges(listedAt(FIRST, before), listedAt(FIRST + DAY, after));
const said = (...sides: Parameters<typeof compare>) => compare(...sides).all.map(changeSentence);

const ben = user({ userId: 'u-ben', globalUserId: 'g-ben', firstName: 'Ben', role: 'READONLY' });

describe('what changed between two looks', () => {
  it('is nothing where the access is the same', () => {
    expect(said([harbour(user(), ben)], [harbour(ben, user())])).toEqual([]);
  });

  it('is told in plain sentences', () => {
    expect(said([harbour(ben)], [harbour(ben, user())])).toEqual([
      'Joined Harbour Books as Standard.',
    ]);
    expect(said([harbour(ben, user())], [harbour(ben)])).toEqual([
      'Left Harbour Books, where they were Standard.',
    ]);
    expect(said([harbour(user())], [harbour(user({ role: 'REMOVED' }))])).toEqual([
      'Left Harbour Books, where they were Standard.',
    ]);
    expect(said([harbour(user())], [harbour(user({ role: 'FINANCIALADVISER' }))])).toEqual([
      'Went from Standard to Adviser in Harbour Books.',
    ]);
    expect(said([harbour(user())], [harbour(user({ subscriber: true }))])).toEqual([
      'Became the subscriber of Harbour Books, who pays for it.',
    ]);
    expect(said([harbour(user())], [harbour(user({ email: 'ana@home.example' }))])).toEqual([
      'Is now ana@home.example; was ana@harbour.example.',
    ]);
    expect(said([harbour(user({ role: 'UNKNOWN' }))], [harbour(user())])).toEqual([
      'Went from no role that Xero tells to Standard in Harbour Books.',
    ]);
  });

  it('isn’t that an organisation was taken in or let go', () => {
    const both = [harbour(user()), farm(user({ userId: 'u-2' }), ben)];
    expect(compare([harbour(user())], both)).toMatchObject({ all: [], added: ['Hillside Farm'] });
    expect(compare(both, [harbour(user())])).toMatchObject({ all: [], gone: ['Hillside Farm'] });
  });

  it('is counted by kind, and found by kind, organisation and person', () => {
    const changes = compare(
      [harbour(user(), ben), farm(ben)],
      [harbour(user({ role: 'READONLY' })), farm(ben, user({ userId: 'u-2' }))],
    );
    expect(changes.counts).toEqual({ joined: 1, left: 1, role: 1, subscriber: 0, details: 0 });
    const found = (filter: Partial<Parameters<typeof queryChanges>[1]>) =>
      queryChanges(changes, { search: '', kind: null, organisation: null, ...filter }).map(
        ({ person, kind }) => `${person.name} ${kind}`,
      );
    expect(found({ kind: 'left' })).toEqual(['Ben Reyes left']);
    expect(found({ organisation: FARM })).toEqual(['Ana Reyes joined']);
    expect(found({ search: 'BEN' })).toEqual(['Ben Reyes left']);
    expect(found({ search: 'ben', organisation: FARM, kind: 'left' })).toEqual([]);
  });
});
