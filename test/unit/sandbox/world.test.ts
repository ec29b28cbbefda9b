import { describe, expect, test } from 'vitest';
import { XERO_ROLES } from '../../../shared/words.ts';
import { ADMIN_EMAIL } from '../../sandbox/people.ts';
import { World } from '../../sandbox/world.ts';

describe('the sandbox’s world', () => {
  test('is the same for the same seed and another for another', () => {
    const told = (seed: number): string => JSON.stringify(new World({ seed }).organisations);
    expect(told(7)).toBe(told(7));
    expect(told(7)).not.toBe(told(8));
  });

  test('holds what real Xero lists hold', () => {
    const { organisations } = new World();
    const rows = organisations.flatMap(({ users }) => users);
    const people = new Set(rows.map(({ personId }) => personId));
    expect(organisations.map(({ demo }) => demo)).toEqual([false, false, true]);
    expect(people.size).toBe(25);
    expect(new Set(rows.map(({ userId }) => userId)).size).toBe(rows.length);
    const roles = new Set(rows.map(({ role }) => role));
    for (const role of [...XERO_ROLES.map(({ xero }) => xero), 'UNKNOWN', 'REMOVED']) {
      expect(roles).toContain(role);
    }
    expect(rows.filter(({ showsGlobalId }) => !showsGlobalId)).toHaveLength(1);
    expect(rows.some(({ firstName }) => firstName?.endsWith(' '))).toBe(true);
    expect(rows.some((row) => row.firstName === undefined && row.lastName === undefined)).toBe(
      true,
    );
    expect(rows.some(({ email }) => email === undefined)).toBe(true);
    for (const { users } of organisations) {
      expect(users.filter(({ subscriber }) => subscriber)).toHaveLength(1);
    }
  });

  test('uses addresses that belong to nobody', () => {
    const { organisations } = new World({ orgs: 25, users: 2000 });
    for (const { email } of organisations.flatMap(({ users }) => users)) {
      if (email !== undefined) expect(email).toMatch(/@(example\.(com|org|net)|.+\.example)$/);
    }
  });

  test.each([
    { orgs: 1, users: 1 },
    { orgs: 2, users: 10 },
    { orgs: 25, users: 100_000 },
  ])('scales to $orgs organisations and $users people', ({ orgs, users }) => {
    const world = new World({ orgs, users });
    const people = world.organisations.flatMap((it) => it.users.map(({ personId }) => personId));
    expect(world.organisations).toHaveLength(orgs);
    expect(new Set(world.organisations.map(({ name }) => name)).size).toBe(orgs);
    expect(new Set(people).size).toBe(users);
    const admin = world.login(ADMIN_EMAIL);
    expect(world.connectable(admin?.personId ?? '')).toHaveLength(orgs);
    for (const organisation of world.organisations) {
      expect(organisation.users.filter(({ subscriber }) => subscriber)).toHaveLength(1);
    }
  });

  test('changes, removes and restores people, and notes when', () => {
    let time = 1000;
    const world = new World({ now: () => time });
    const kauri = 'Kauri & Co Limited';
    const zoe = world.user(kauri, 'zoe@kauri.example');
    world.changeRole(kauri, 'Zoë Brontë-Sørensen', 'STANDARD');
    expect(zoe).toMatchObject({ role: 'STANDARD', updatedAt: 1000 });
    world.removePerson(kauri, zoe.userId);
    expect(() => world.user(kauri, 'zoe@kauri.example')).toThrow('no person');
    time = 2000;
    world.restorePerson(kauri, 'zoe@kauri.example');
    expect(world.user(kauri, zoe.userId)).toMatchObject({ role: 'STANDARD', updatedAt: 2000 });
    world.removePerson(kauri, zoe.userId, 'listed');
    expect(world.user(kauri, zoe.userId).role).toBe('REMOVED');
  });
});
