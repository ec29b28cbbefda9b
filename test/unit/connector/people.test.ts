import { describe, expect, it } from 'vitest';
import type { XeroUser } from '../../../main/access/types.ts';
import { People } from '../../../main/connector/people.ts';
import { accounts, harbour, model, user } from '../access/build.ts';

const bare = user({ globalUserId: null });
const idsOf = (people: People, ...users: readonly XeroUser[]) =>
  people.recognise(harbour(...users)).users.map(({ globalUserId }) => globalUserId);

describe('people', () => {
  it('are recognised by what an earlier look knew, when GlobalUserID vanishes', () => {
    const people = new People();
    expect(idsOf(people, user())).toEqual(['g-ana']);
    expect(idsOf(people, bare)).toEqual(['g-ana']);
    expect(idsOf(new People(people.known), bare)).toEqual(['g-ana']);
  });

  it('are still known when they aren’t listed for a while', () => {
    const people = new People([['u-ana', 'g-ana']]);
    expect(idsOf(people)).toEqual([]);
    expect([...people.known]).toEqual([['u-ana', 'g-ana']]);
  });

  it('keep the account they have in C1 while GlobalUserID comes, goes and changes its spelling', () => {
    const people = new People();
    const seen = [
      user(),
      bare,
      user({ globalUserId: 'G-ANA' }),
      bare,
      { ...bare, userId: 'U-ANA' },
      user(),
    ].map((row) => accounts(model([people.recognise(harbour(row))])).map(({ id }) => id));
    expect(new Set(seen.flat())).toEqual(new Set(['g-ana']));
  });

  it('are recognised by another row of the same answer, in whatever order', () => {
    for (const rows of [
      [bare, user()],
      [user(), bare],
    ]) {
      expect(idsOf(new People(), ...rows)).toEqual(['g-ana', 'g-ana']);
    }
  });

  it('are recognised each by itself when only some rows lost the field', () => {
    const people = new People([
      ['u-ana', 'g-ana'],
      ['u-ben', 'g-ben'],
    ]);
    const ben = user({ userId: 'u-ben', globalUserId: 'g-ben' });
    expect(idsOf(people, bare, ben)).toEqual(['g-ana', 'g-ben']);
    expect(idsOf(people, user(), { ...ben, globalUserId: null })).toEqual(['g-ana', 'g-ben']);
  });

  it('whom Xero never named aren’t learnt, so that a warning stands', () => {
    const people = new People();
    expect(idsOf(people, bare)).toEqual([null]);
    expect(people.known.size).toBe(0);
  });

  it('are whom Xero says they are now', () => {
    const people = new People([['u-ana', 'g-before']]);
    expect(idsOf(people, user())).toEqual(['g-ana']);
    expect(people.known.get('u-ana')).toBe('g-ana');
  });
});
