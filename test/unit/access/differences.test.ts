import { describe, expect, it } from 'vitest';
import type { ComparedAccess, ComparedResource } from '../../../main/access/compared.ts';
import { findDifferences, type Changes } from '../../../main/access/differences.ts';
import type { AccessModel } from '../../../main/access/types.ts';
import { FARM, farm, HARBOUR, harbour, model, shuffled, TOWN, user } from './build.ts';

const BEN = user({
  userId: 'u-ben',
  globalUserId: 'g-ben',
  email: 'ben@harbour.example',
  role: 'FINANCIALADVISER',
});

/** As a file holds it. */
function asFile({ resources, entitlements, grants }: AccessModel): ComparedAccess {
  return {
    resources: resources.map((each) => ({
      ...each,
      status: each.type === 'user' ? (each.enabled ? 'ENABLED' : 'DISABLED') : null,
      account: each.type === 'user' ? { email: each.email } : null,
    })),
    entitlements,
    grants,
  };
}

/** One account of a file by other means than its organisations. */
function account(id: string, email: string | null, profile = {}): ComparedResource {
  return {
    type: 'user',
    id,
    parent: null,
    displayName: email ?? id,
    profile,
    status: 'ENABLED',
    account: { email },
  };
}

const alone = (...resources: ComparedResource[]): ComparedAccess => ({
  resources,
  entitlements: [],
  grants: [],
});

/** `kept`, `from → to`, `+ gained` and `- lost`. */
function said(changes: Changes<{ readonly id: string }> | undefined): readonly string[] {
  if (changes === undefined) return [];
  return [
    ...changes.kept.map(({ from }) => from.id),
    ...changes.renamed.map(({ from, to }) => `${from.id} → ${to.id}`),
    ...changes.gained.map(({ id }) => `+ ${id}`),
    ...changes.lost.map(({ id }) => `- ${id}`),
  ];
}

const between = (old: AccessModel, next: AccessModel) => findDifferences(asFile(old), asFile(next));

describe('between two files', () => {
  it('of the same access all is kept, whatever the order', () => {
    const { resources, entitlements, grants } = between(model(TOWN), model(shuffled(TOWN)));
    for (const changes of [...resources.values(), entitlements, grants]) {
      expect(changes.kept.length).toBeGreaterThan(0);
      expect(changes).toMatchObject({ renamed: [], gained: [], lost: [] });
    }
    expect([...resources.keys()]).toEqual(['org', 'role', 'user']);
  });

  it('who left is lost with what they held, who came is gained', () => {
    const eve = user({ userId: 'u-eve', globalUserId: 'g-eve', email: 'eve@harbour.example' });
    const found = between(model([harbour(user(), BEN)]), model([harbour(user(), eve)]));
    expect(said(found.resources.get('user'))).toEqual(['g-ana', '+ g-eve', '- g-ben']);
    expect(said(found.grants)).toEqual([
      `org:${HARBOUR}:member:user:g-ana`,
      `role:${HARBOUR}/standard:assigned:user:g-ana`,
      `+ org:${HARBOUR}:member:user:g-eve`,
      `+ role:${HARBOUR}/standard:assigned:user:g-eve`,
      `- org:${HARBOUR}:member:user:g-ben`,
      `- role:${HARBOUR}/financialadviser:assigned:user:g-ben`,
    ]);
  });

  it('another role is a grant lost and a grant gained, of an account that is kept', () => {
    const found = between(model([harbour(user())]), model([harbour(user({ role: 'READONLY' }))]));
    expect(said(found.resources.get('user'))).toEqual(['g-ana']);
    expect(said(found.grants)).toEqual([
      `org:${HARBOUR}:member:user:g-ana`,
      `+ role:${HARBOUR}/readonly:assigned:user:g-ana`,
      `- role:${HARBOUR}/standard:assigned:user:g-ana`,
    ]);
  });
});

describe('from the ids of baton-xero to the new ones', () => {
  const legacy = { legacyOrganisationId: HARBOUR };

  it('roles, accounts, entitlements and grants are found again under their new ids', () => {
    const found = between(model([harbour(user(), BEN)], legacy), model([harbour(user(), BEN)]));
    expect(said(found.resources.get('org'))).toEqual([HARBOUR]);
    expect(said(found.resources.get('user'))).toEqual(['u-ana → g-ana', 'u-ben → g-ben']);
    expect(said(found.resources.get('role'))).toContain(
      `financialadvisor → ${HARBOUR}/financialadviser`,
    );
    expect(found.resources.get('role')).toMatchObject({ kept: [], gained: [], lost: [] });
    expect(said(found.entitlements)).toContain(
      `role:readonly:readonly → role:${HARBOUR}/readonly:assigned`,
    );
    expect(said(found.grants)).toContain(
      `role:financialadvisor:financialadvisor:user:u-ben → role:${HARBOUR}/financialadviser:assigned:user:g-ben`,
    );
    expect(found.grants).toMatchObject({ kept: [], gained: [], lost: [] });
  });

  it('and back', () => {
    const found = between(model([harbour(user(), BEN)]), model([harbour(user(), BEN)], legacy));
    expect(said(found.resources.get('user'))).toEqual(['g-ana → u-ana', 'g-ben → u-ben']);
    expect(found.resources.get('role')?.renamed).toHaveLength(6);
    expect(found.grants).toMatchObject({ kept: [], gained: [], lost: [] });
  });

  it('a second organisation takes no role of the first', () => {
    const found = between(
      model([harbour(user())], legacy),
      model([farm(user({ userId: 'u-farm' })), harbour(user())]),
    );
    expect(said(found.resources.get('role'))).toContain(`standard → ${HARBOUR}/standard`);
    expect(said(found.resources.get('role'))).toContain(`+ ${FARM}/standard`);
    expect(said(found.resources.get('org'))).toEqual([HARBOUR, `+ ${FARM}`]);
  });

  it('with the ids kept, a second organisation only adds', () => {
    const found = between(
      model([harbour(user(), BEN)], legacy),
      model([farm(user({ userId: 'u-farm' })), harbour(user(), BEN)], legacy),
    );
    for (const changes of [...found.resources.values(), found.entitlements, found.grants]) {
      expect(changes).toMatchObject({ renamed: [], lost: [] });
    }
  });

  it('two accounts of one person become one', () => {
    const people = [harbour(user()), farm(user({ userId: 'u-ana-2' }))];
    const found = between(model(people, { accountId: 'user' }), model(people));
    expect(said(found.resources.get('user'))).toEqual(['u-ana → g-ana', 'u-ana-2 → g-ana']);
    expect(found.grants).toMatchObject({ gained: [], lost: [] });
  });
});

describe('the same thing under another id', () => {
  it('is found by an e-mail address that is one account’s on both sides, in any case', () => {
    const accounts = (...resources: ComparedResource[]) => alone(...resources);
    const one = findDifferences(
      accounts(account('1', 'Ana@harbour.example')),
      accounts(account('2', 'ana@harbour.example ')),
    );
    expect(said(one.resources.get('user'))).toEqual(['1 → 2']);
    const shared = findDifferences(
      accounts(account('1', 'office@harbour.example')),
      accounts(account('2', 'office@harbour.example'), account('3', 'office@harbour.example')),
    );
    expect(said(shared.resources.get('user'))).toEqual(['+ 2', '+ 3', '- 1']);
    const none = findDifferences(accounts(account('1', null)), accounts(account('2', null)));
    expect(said(none.resources.get('user'))).toEqual(['+ 2', '- 1']);
  });

  it('goes by Xero’s ids before e-mail addresses', () => {
    const found = findDifferences(
      alone(account('U-1', 'ana@harbour.example')),
      alone(
        account('g-2', 'ana@harbour.example'),
        account('g-1', 'new@harbour.example', { user_id: 'u-1' }),
      ),
    );
    expect(said(found.resources.get('user'))).toEqual(['U-1 → g-1', '+ g-2']);
  });

  it('is an organisation of the same name, with its roles: a demo company that was reset', () => {
    const place = farm(user());
    const reset = { ...place, organisation: { ...place.organisation, id: HARBOUR } };
    const found = between(model([place]), model([reset]));
    expect(said(found.resources.get('org'))).toEqual([`${FARM} → ${HARBOUR}`]);
    expect(found.resources.get('role')).toMatchObject({ kept: [], gained: [], lost: [] });
    expect(found.entitlements).toMatchObject({ kept: [], gained: [], lost: [] });
  });

  it('is never of another type', () => {
    const group = { ...account('1', null), type: 'group', displayName: 'Office', account: null };
    const found = findDifferences(alone(group), alone({ ...group, type: 'team', id: '2' }));
    expect(said(found.resources.get('group'))).toEqual(['- 1']);
    expect(said(found.resources.get('team'))).toEqual(['+ 2']);
    expect(
      said(findDifferences(alone(group), alone({ ...group, id: '2' })).resources.get('group')),
    ).toEqual(['1 → 2']);
  });
});
