import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pack, unpack, type Look } from '../../../main/access/kept-look.ts';
import { listLook } from '../../../main/access/listed-people.ts';
import { personOf } from '../../../main/access/person-view.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { farm, harbour, shuffled, TOWN, user } from './build.ts';
import { DAY, FIRST, lookAt, taken } from './looks.ts';

describe('a look to keep', () => {
  it('holds the same after it was packed', () => {
    const look = lookAt(FIRST, TOWN);
    expect(unpack(pack(look))).toEqual(look);
  });

  it('is the same look whatever order Xero answered in, and whenever', () => {
    expect(taken(FIRST + DAY, shuffled(TOWN)).digest).toBe(taken(FIRST, TOWN).digest);
  });

  it('is another one when a role, a name or who pays is another', () => {
    const { digest } = taken(FIRST, [harbour(user())]);
    for (const change of [{ role: 'READONLY' }, { lastName: 'Ray' }, { subscriber: true }]) {
      expect(taken(FIRST, [harbour(user(change))]).digest).not.toBe(digest);
    }
    expect(taken(FIRST, [harbour(user()), farm()]).digest).not.toBe(digest);
  });

  it('counts somebody as present who is listed as removed and is back', () => {
    const back = lookAt(FIRST, [harbour(user({ role: 'REMOVED' }), user({ userId: 'u-new' }))]);
    const [person] = listLook(back).people;
    expect(person?.present).toBe(true);
    expect(person?.account.holds).toHaveLength(1);
  });
});

describe('what isn’t a kept look', () => {
  const bytes = (value: unknown) => brotliCompressSync(JSON.stringify(value));

  it('is taken for none', () => {
    const look = lookAt(FIRST, TOWN);
    const holds = [[9, 0, false, FIRST, 'from']];
    for (const hostile of [
      Buffer.from('not packed'),
      Buffer.alloc(0),
      bytes('text'),
      bytes({ ...look, version: 2 }),
      bytes({ ...look, accounts: [{ ...look.accounts[0], holds }] }),
      bytes({ ...look, accounts: [{ ...look.accounts[0], holds: [[0, -7, false, 0, 'from']] }] }),
      bytes({ ...look, accounts: [{ ...look.accounts[0], name: 5 }] }),
    ]) {
      expect(unpack(hostile)).toBeNull();
    }
  });

  it('isn’t unpacked without end', () => {
    expect(unpack(brotliCompressSync(Buffer.alloc(301_000_000, ' ')))).toBeNull();
  });
});

describe('since when somebody holds something', () => {
  const since = (look: Look, id = 'g-ana') => {
    const listed = listLook(look);
    const person = listed.byId.get(id);
    if (person === undefined) throw new Error(id);
    return personOf(person, listed).places.map(({ organisation, roles, since: standing }) => [
      organisation.name,
      ...(roles.length > 0 ? roles : [{ name: '–', since: standing }]).map(
        (role) => `${role.name} ${role.since.kind} day ${(role.since.at - FIRST) / DAY}`,
      ),
    ]);
  };
  const follow = (...days: readonly (readonly OrganisationAccess[])[]): Look => {
    let look: Look | null = null;
    for (const [day, access] of days.entries()) look = lookAt(FIRST + day * DAY, access, look);
    if (look === null) throw new Error('no day');
    return look;
  };

  it('isn’t known of what the first look already had', () => {
    expect(since(follow([harbour(user())]))).toEqual([['Harbour Books', 'Standard before day 0']]);
    expect(since(follow([harbour(user())], [harbour(user())]))).toEqual([
      ['Harbour Books', 'Standard before day 0'],
    ]);
  });

  it('is the look that first had it, whatever changed besides', () => {
    const ben = user({ userId: 'u-ben', globalUserId: 'g-ben', role: 'READONLY' });
    const look = follow(
      [harbour(ben)],
      [harbour(ben, user())],
      [harbour(ben, user({ lastName: 'Ray' }))],
    );
    expect(since(look)).toEqual([['Harbour Books', 'Standard from day 1']]);
    expect(since(look, 'g-ben')).toEqual([['Harbour Books', 'Read only before day 0']]);
  });

  it('begins anew with another role, and with coming back', () => {
    const adviser = harbour(user({ role: 'FINANCIALADVISER' }));
    expect(since(follow([harbour(user())], [adviser], [adviser]))).toEqual([
      ['Harbour Books', 'Adviser from day 1'],
    ]);
    expect(since(follow([harbour(user())], [harbour()], [harbour(user())]))).toEqual([
      ['Harbour Books', 'Standard from day 2'],
    ]);
  });

  it('isn’t known in an organisation that was governed later', () => {
    const look = follow([harbour(user())], [harbour(user()), farm(user({ userId: 'u-2' }))]);
    expect(since(look)).toEqual([
      ['Harbour Books', 'Standard before day 0'],
      ['Hillside Farm', 'Standard before day 1'],
    ]);
  });

  it('is told of a removal too', () => {
    const look = follow([harbour(user())], [harbour(user({ role: 'REMOVED' }))]);
    expect(since(look)).toEqual([['Harbour Books', '– from day 1']]);
  });
});
