import { describe, expect, it } from 'vitest';
import { countWarnings } from '../../../main/access/summary.ts';
import type { AccessWarning, XeroUser } from '../../../main/access/types.ts';
import { FARM, HARBOUR, TOWN, farm, harbour, model, organisation, user } from './build.ts';

const told = (code: AccessWarning['code'], { warnings }: ReturnType<typeof model>) =>
  warnings.filter((each) => each.code === code).map(({ message }) => message);

const idWarnings = (...accesses: Parameters<typeof model>[0]) =>
  model(accesses).warnings.filter(({ code }) => code === 'organisationIdDiffers');

describe('an organisation’s ID', () => {
  it('may be written in another case than in the list of connections', () => {
    const lower = organisation({ id: 'abcdef00-1111-4111-8111-111111111111' });
    const tenantId = lower.id.toUpperCase();
    expect(idWarnings({ tenantId, organisation: lower, users: [user()] })).toEqual([]);
  });

  it('is no matter where a custom connection names none', () => {
    expect(idWarnings(harbour(user()))).toEqual([]);
  });

  it('that differs from the one it is connected under is told, with the names', () => {
    const odd = [
      { ...harbour(user()), tenantId: FARM },
      { ...farm(user()), tenantId: HARBOUR },
    ];
    expect(idWarnings(...odd)).toEqual([
      {
        code: 'organisationIdDiffers',
        message:
          'Xero’s answer has another ID than its list of connections for Harbour Books and Hillside Farm. C1 gets the ID of the answer.',
        count: 2,
      },
    ]);
    expect(idWarnings(...odd.toReversed())).toEqual(idWarnings(...odd));
  });
});

const ben = (overrides: Partial<XeroUser> = {}) =>
  user({ userId: 'u-ben', globalUserId: 'g-ben', email: 'ben@harbour.example', ...overrides });
const inFarm = (overrides: Partial<XeroUser> = {}) => user({ userId: 'u-ana-2', ...overrides });

describe('an account without an e-mail address', () => {
  const noEmail = (...accesses: Parameters<typeof model>[0]) => told('noEmail', model(accesses));

  it('is told once, however many organisations it is in', () => {
    expect(noEmail(harbour(user({ email: null })), farm(inFarm({ email: ' ' })))).toEqual([
      'Xero has no e-mail address for 1 person in Harbour Books and Hillside Farm. C1 can’t match them to its users by e-mail.',
    ]);
  });

  it('is one that C1 gets none for, whatever an older row says', () => {
    const older = inFarm({ updatedAt: 1 });
    expect(noEmail(harbour(user({ email: null })), farm(older))).toHaveLength(1);
    expect(noEmail(harbour(user()), farm({ ...older, email: null }))).toEqual([]);
  });

  it('is no matter once it was removed everywhere', () => {
    expect(noEmail(harbour(user({ email: null, role: 'REMOVED' })))).toEqual([]);
  });
});

describe('one e-mail address under several IDs', () => {
  const shared = (...accesses: Parameters<typeof model>[0]) => told('sameEmail', model(accesses));

  it('is told, in whatever case and organisation, and joins nobody', () => {
    const twin = ben({ email: ' ANA@harbour.example' });
    const sentence = (where: string) =>
      `1 e-mail address is shared by 2 accounts in ${where}. They may be one person; C1 gets each account by itself.`;
    expect(shared(harbour(user(), twin))).toEqual([sentence('Harbour Books')]);
    const apart = [harbour(user()), farm(twin)];
    expect(shared(...apart)).toEqual([sentence('Harbour Books and Hillside Farm')]);
    expect(model(apart).resources.filter(({ type }) => type === 'user')).toHaveLength(2);
  });

  it('is told of each address', () => {
    const twins = [ben(), ben({ userId: 'u-b', globalUserId: 'g-b' })];
    const anas = [user(), user({ userId: 'u-a', globalUserId: 'g-a' })];
    expect(shared(harbour(...twins, ...anas))[0]).toMatch(
      /^2 e-mail addresses are shared by 4 accounts in Harbour Books\./,
    );
  });

  it('isn’t seen in one person’s own rows, with somebody removed, or where there is none', () => {
    expect(shared(harbour(user()), farm(inFarm({ globalUserId: 'G-ANA' })))).toEqual([]);
    expect(shared(harbour(user(), ben({ email: 'ana@harbour.example', role: 'REMOVED' })))).toEqual(
      [],
    );
    expect(shared(harbour(user({ email: null }), ben({ email: null })))).toEqual([]);
  });

  it('isn’t told of what the choice to go by UserID makes', () => {
    const apart = [harbour(user({ globalUserId: null })), farm(inFarm({ globalUserId: null }))];
    expect(told('sameEmail', model(apart, { accountId: 'user' }))).toEqual([]);
    expect(told('sameEmail', model(apart))).toHaveLength(1);
    const beside = model([harbour(user()), farm(inFarm())], { legacyOrganisationId: HARBOUR });
    expect(told('sameEmail', beside)).toEqual([]);
  });
});

describe('a person removed here but not there', () => {
  const gone = inFarm({ role: 'REMOVED' });

  it('is told with where they are removed', () => {
    const sentence =
      'Xero lists 1 person in Hillside Farm as removed who can still use another organisation. Check whether that is meant.';
    expect(told('removedElsewhere', model([harbour(user()), farm(gone)]))).toEqual([sentence]);
    for (const options of [{ accountId: 'user' }, { legacyOrganisationId: FARM }] as const) {
      const built = model([harbour(user()), farm(gone)], options);
      expect(told('removedElsewhere', built)).toEqual([sentence]);
    }
  });

  it('is told even where two organisations bear one name', () => {
    const twin = { organisation: organisation({ id: FARM }), users: [gone] };
    expect(told('removedElsewhere', model([harbour(user()), twin]))).toHaveLength(1);
  });

  it('is nobody who is removed everywhere, or is back under another row', () => {
    const everywhere = [harbour(user({ role: 'REMOVED' })), farm(gone)];
    expect(told('removedElsewhere', model(everywhere))).toEqual([]);
    const back = [harbour(user({ userId: 'u-old', role: 'REMOVED' }), user())];
    expect(told('removedElsewhere', model(back))).toEqual([]);
  });
});

describe('an account in no role', () => {
  it('is told as a member whose role Xero doesn’t disclose', () => {
    expect(told('undisclosedRole', model([harbour(user({ role: 'UNKNOWN' }))]))).toEqual([
      'Xero doesn’t say the role of 1 person in Harbour Books. They are synced as members, in no role.',
    ]);
  });
});

describe('a field in a form that nobody knows yet', () => {
  it('is told by its name, and what it means for who pays', () => {
    const rows = [user({ unread: ['UpdatedDateUTC'] }), ben({ unread: ['IsSubscriber'] })];
    expect(told('unreadField', model([harbour(...rows)]))).toEqual([
      'Xero sent “IsSubscriber” of 1 person in Harbour Books in a form that this app doesn’t know. Who pays may be missing.',
      'Xero sent “UpdatedDateUTC” of 1 person in Harbour Books in a form that this app doesn’t know. It is left out; who has access is complete.',
    ]);
  });
});

it('is counted by its kind for the log', () => {
  const { warnings } = model([...TOWN, farm(user({ userId: 'u-x', role: 'X1' }))]);
  expect(countWarnings(warnings)).toMatchObject({ unknownRole: 2, twoRoles: 1, noEmail: 2 });
  expect(countWarnings([])).toEqual({});
});
