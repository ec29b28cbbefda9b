import { describe, expect, it } from 'vitest';
import { listLook } from '../../../main/access/listed-people.ts';
import { overviewOf } from '../../../main/access/look-overview.ts';
import { buildAccessModel } from '../../../main/access/model.ts';
import { domainsOf } from '../../../main/access/own-domains.ts';
import { queryPeople } from '../../../main/access/query-people.ts';
import { everybody, PERSON_WARNINGS } from '../../../shared/access-kinds.ts';
import type { AccessFilter, AccessSort } from '../../../shared/access-list.ts';
import { FARM, farm, harbour, HARBOUR, TOWN, user } from './build.ts';
import { FIRST, listedAt, lookAt } from './looks.ts';

const zoe = { firstName: 'Zoë', lastName: 'Brontë-Sørensen', email: 'Zoe@Harbour.example' };
const people = [
  harbour(
    user({ subscriber: true }),
    user({ userId: 'u-zoe', globalUserId: 'g-zoe', ...zoe, role: 'FINANCIALADVISER' }),
    user({
      userId: 'u-kev',
      globalUserId: 'g-kev',
      firstName: 'Kev',
      lastName: 'Byrne',
      email: 'kev@gmail.com',
      role: 'READONLY',
      updatedAt: Date.UTC(2026, 8, 1),
    }),
    user({ userId: 'u-gone', globalUserId: 'g-gone', firstName: 'Tom', role: 'REMOVED' }),
    user({
      userId: 'u-who',
      globalUserId: 'g-who',
      firstName: 'Who',
      email: null,
      role: 'UNKNOWN',
    }),
  ),
  farm(
    user({ userId: 'u-zoe-2', globalUserId: 'g-zoe', ...zoe, role: 'READONLY' }),
    user({ userId: 'u-kev-2', globalUserId: 'g-kev', firstName: 'Kev', role: 'REMOVED' }),
  ),
];
const listed = listedAt(FIRST, people);
const found = (
  filter: Partial<AccessFilter>,
  sort: Partial<AccessSort> = {},
  own = ['harbour.example'],
) =>
  queryPeople(
    listed,
    { filter: { ...everybody.filter, ...filter }, sort: { ...everybody.sort, ...sort } },
    own,
  ).map(({ account }) => account.id);

describe('the list of people', () => {
  it('shows everybody with access, by name as people sort', () => {
    expect(found({})).toEqual(['g-ana', 'g-kev', 'g-who', 'g-zoe']);
  });

  it('finds by parts of names and addresses, whatever their case and accents', () => {
    expect(found({ search: 'zoe' })).toEqual(['g-zoe']);
    expect(found({ search: 'BRONTË zo' })).toEqual(['g-zoe']);
    expect(found({ search: ' gmail ' })).toEqual(['g-kev']);
    expect(found({ search: 'ana kev' })).toEqual([]);
  });

  it('asks for a role and an organisation together, not one here and the other there', () => {
    const role = (id: string) => ({ who: { kind: 'role', role: id } as const });
    expect(found(role('financialadviser'))).toEqual(['g-zoe']);
    expect(found({ ...role('financialadviser'), organisation: FARM })).toEqual([]);
    expect(found({ ...role('readonly'), organisation: FARM })).toEqual(['g-zoe']);
    expect(found({ organisation: HARBOUR, only: ['subscribers'] })).toEqual(['g-ana']);
    expect(found({ organisation: 'another' })).toEqual([]);
    expect(found(role('nobody'))).toEqual([]);
  });

  it('knows who was removed, and of whom Xero doesn’t say the role', () => {
    expect(found({ who: { kind: 'removed' } })).toEqual(['g-kev', 'g-gone']);
    expect(found({ who: { kind: 'removed' }, organisation: FARM })).toEqual(['g-kev']);
    expect(found({ who: { kind: 'undisclosed' } })).toEqual(['g-who']);
  });

  it('tells who is outside the company’s domains, but of nobody without an address', () => {
    expect(found({ only: ['outside'] })).toEqual(['g-kev']);
    expect(found({ only: ['outside'] }, {}, ['gmail.com'])).toEqual(['g-ana', 'g-zoe']);
    expect(found({ only: ['outside'] }, {}, [])).toEqual([]);
  });

  it('is sorted the other way, by address and by the last change', () => {
    expect(found({}, { direction: 'descending' })).toEqual(['g-zoe', 'g-who', 'g-kev', 'g-ana']);
    expect(found({}, { by: 'email' })).toEqual(['g-zoe', 'g-ana', 'g-kev', 'g-who']);
    expect(found({}, { by: 'changed', direction: 'descending' })[0]).toBe('g-kev');
  });
});

describe('the company’s own domains', () => {
  it('are guessed from what most people of an organisation have, never a public provider', () => {
    expect(domainsOf(listed, null)).toMatchObject({ own: ['harbour.example'], source: 'guessed' });
    const private1 = user({ userId: '1', globalUserId: '1', email: 'a@gmail.com' });
    const private2 = user({ userId: '2', globalUserId: '2', email: 'b@gmail.com' });
    expect(domainsOf(listedAt(FIRST, [harbour(private1, private2)]), null).own).toEqual([]);
    expect(domainsOf(listedAt(FIRST, [harbour(user())]), null).own).toEqual([]);
  });

  it('are those that the admin chose, even if none', () => {
    expect(domainsOf(listed, [])).toMatchObject({ own: [], source: 'chosen' });
    expect(domainsOf(listed, ['x.example']).found[0]).toEqual({
      domain: 'harbour.example',
      people: 2,
    });
  });
});

describe('the overview', () => {
  it('counts people as often as they are found', () => {
    const overview = overviewOf(listed, ['harbour.example']);
    expect(overview).toMatchObject({ people: 4, subscribers: 1, undisclosed: 1, outside: 1 });
    expect(overview.removed).toBe(found({ who: { kind: 'removed' } }).length);
    expect(overview.organisations.map(({ name, people: count }) => [name, count])).toEqual([
      ['Harbour Books', 4],
      ['Hillside Farm', 1],
    ]);
    expect(overview.roles.map(({ name, people: count }) => [name, count])).toEqual([
      ['Adviser', 1],
      ['Standard', 1],
      ['Read only', 2],
    ]);
  });

  it('knows of each person what the warnings of the model only count', () => {
    const odd = [
      ...TOWN,
      harbour(
        user({ userId: 'u-un', globalUserId: 'g-un', unread: ['UpdatedDateUTC'], email: 'x@x.x' }),
      ),
    ].slice(0, 2);
    const options = { accountId: 'global', legacyOrganisationId: null } as const;
    for (const organisations of [odd, people]) {
      const { warnings } = buildAccessModel({ organisations, options });
      const told = overviewOf(listLook(lookAt(FIRST, organisations)), null).warnings;
      for (const code of PERSON_WARNINGS) {
        const counted = warnings
          .filter((each) => each.code === code)
          .reduce((sum, { count }) => sum + count, 0);
        expect([code, told.find((each) => each.code === code)?.people ?? 0]).toEqual([
          code,
          counted,
        ]);
      }
    }
  });
});
