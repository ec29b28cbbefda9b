import { describe, expect, it } from 'vitest';
import { holdingsOf, type Holdings } from '../../../main/access/holdings.ts';
import { buildAccessModel } from '../../../main/access/model.ts';
import type { ModelOptions, OrganisationAccess } from '../../../main/access/types.ts';
import { previewLoss } from '../../../main/connector/loss.ts';
import { countAccess } from '../../../main/access/summary.ts';
import { farm, harbour, organisation, TOWN, user } from '../access/build.ts';
import { failureOf, valueOf } from '../results.ts';
import { FARM, HARBOUR } from './snapshots.ts';

const PLAIN: ModelOptions = { accountId: 'global', legacyOrganisationId: null };
const BOTH = [HARBOUR, FARM];

function holdings(organisations: readonly OrganisationAccess[], options = PLAIN): Holdings {
  const read = { organisations, options };
  return holdingsOf(read, buildAccessModel(read));
}

function counts(organisations: readonly OrganisationAccess[], options = PLAIN) {
  return countAccess(buildAccessModel({ organisations, options }));
}

describe('what C1 would lose with an organisation', () => {
  it.each([
    PLAIN,
    { ...PLAIN, accountId: 'user' },
    { ...PLAIN, legacyOrganisationId: HARBOUR },
  ] as const)('is what is in a file with it and not in one without it (%j)', (options) => {
    for (const [leaving, rest] of [
      [HARBOUR, TOWN.slice(1)],
      [FARM, TOWN.slice(0, 1)],
    ] as const) {
      const loss = valueOf(previewLoss([leaving], BOTH, holdings(TOWN, options)));
      const before = counts(TOWN, options);
      const after = counts(rest, options);
      expect(loss).toMatchObject({
        accounts: before.accounts - after.accounts,
        roles: before.roles - after.roles,
        grants: before.grants - after.grants,
      });
      expect(loss.organisations).toHaveLength(1);
    }
  });

  it('names it, and leaves accounts that another governed one has', () => {
    const two = holdings([
      harbour(user(), user({ userId: 'u-ben', globalUserId: 'g-ben' })),
      farm(user({ userId: 'u-ana-2' })),
    ]);
    const loss = valueOf(previewLoss([HARBOUR.toUpperCase()], BOTH, two));
    expect(loss).toMatchObject({ organisations: ['Harbour Books'], accounts: 1, grants: 4 });
    expect(valueOf(previewLoss([FARM], BOTH, two)).accounts).toBe(0);
    expect(valueOf(previewLoss(BOTH, BOTH, two)).accounts).toBe(2);
  });

  it('counts people as lost whom only an organisation that isn’t governed any more has too', () => {
    const two = holdings([
      harbour(user()),
      farm(user({ userId: 'u-ana-2' }), user({ userId: 'u-lou', globalUserId: 'g-lou' })),
    ]);
    expect(valueOf(previewLoss([HARBOUR], [HARBOUR], two)).accounts).toBe(1);
  });

  it('is nothing where C1 isn’t shown it', () => {
    const loss = valueOf(previewLoss(['another'], [...BOTH, 'another'], holdings(TOWN)));
    expect(loss).toEqual({
      organisations: [],
      accounts: 0,
      roles: 0,
      grants: 0,
      mayPauseC1: false,
    });
  });

  it('knows an organisation by the id it is connected under', () => {
    const odd = holdings([{ ...harbour(user()), tenantId: FARM.toUpperCase() }]);
    expect(valueOf(previewLoss([FARM], [FARM], odd))).toMatchObject({ accounts: 1, roles: 6 });
  });

  it('isn’t known before all were read', () => {
    expect(failureOf(previewLoss([HARBOUR], BOTH, null)).next).toBe('checkXeroNow');
  });
});

describe('whether C1 may pause', () => {
  const company = (number: number, people: number): OrganisationAccess => ({
    organisation: organisation({ id: `org-${number}`, name: `Org ${number}` }),
    users: Array.from({ length: people }, (_, person) =>
      user({ userId: `u-${number}-${person}`, globalUserId: `g-${number}-${person}` }),
    ),
  });
  const pauses = (people: readonly number[], leaving: readonly number[]): boolean => {
    const all = people.map((_, number) => `org-${number}`);
    const held = holdings(people.map((count, number) => company(number, count)));
    const ids = leaving.map((number) => `org-${number}`);
    return valueOf(previewLoss(ids, all, held)).mayPauseC1;
  };

  it('is likely from half of the accounts on, or half of the organisations', () => {
    expect(pauses([5, 3, 2], [0])).toBe(true);
    expect(pauses([1, 8, 8], [0, 0])).toBe(false);
    expect(pauses([1, 1, 8, 8], [0, 1])).toBe(true);
  });

  it('isn’t for a small part', () => {
    expect(pauses([4, 3, 3], [0])).toBe(false);
  });
});
