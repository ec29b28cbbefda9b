import { describe, expect, it } from 'vitest';
import { gapOf, lookAgain, lookAtXero } from '../../../main/connector/look.ts';
import type { Governed } from '../../../main/connector/governed.ts';
import type { Reach } from '../../../main/connector/reach.ts';
import type { ReadPurpose } from '../../../main/xero/reader.ts';
import { People } from '../../../main/connector/people.ts';
import { ConnectionsAnswer } from '../../../main/xero/answers.ts';
import {
  rateLimited,
  readingCancelled,
  signedOut,
  unavailable,
  unknownForm,
  unreachable,
} from '../../../main/xero/errors.ts';
import { organisationForbidden } from '../../../main/xero/organisation-errors.ts';
import { fail, succeed, type Failure, type Result } from '../../../shared/errors.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { farm, harbour, organisation, user } from '../access/build.ts';
import { settle } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { reachTo } from './reaches.ts';
import { FARM, HARBOUR } from './snapshots.ts';

const HARBOUR_ACCESS = harbour(user());
const FARM_ACCESS = farm(user());
const BOTH = [HARBOUR_ACCESS, FARM_ACCESS];
const NOW = Date.UTC(2026, 10, 23, 9);

async function look(
  reaches: readonly Reach[],
  governed: Governed = 'all',
  purpose: ReadPurpose = 'look',
) {
  const progress: string[] = [];
  const unlisted: [string, string][] = [];
  const outcome = await lookAtXero(
    {
      reaches,
      purpose,
      now: NOW,
      governed,
      people: new People(),
      onProgress: (done, of) => progress.push(`${done} of ${of}`),
      onUnlisted: (id, { code }) => unlisted.push([id, code]),
    },
    new AbortController().signal,
  );
  return { outcome, progress, unlisted };
}
const chosen = (...ids: readonly string[]): Governed =>
  new Map(ids.map((id) => [id, { name: `name of ${id}`, demo: false }]));
const namesOf = (read: readonly OrganisationAccess[]) =>
  read.map(({ organisation: { name } }) => name).sort();

describe('a look at Xero', () => {
  it('reads every connected organisation where none is chosen', async () => {
    const { outcome, progress } = await look([reachTo('a', [HARBOUR_ACCESS, FARM_ACCESS])]);
    const { read, failed } = valueOf(outcome);
    expect(namesOf(read)).toEqual(['Harbour Books', 'Hillside Farm']);
    expect(failed).toEqual([]);
    expect(progress).toEqual(['0 of 2', '1 of 2', '2 of 2']);
  });

  it('reads the chosen ones alone, but lists all', async () => {
    const { outcome } = await look(
      [reachTo('a', [HARBOUR_ACCESS, FARM_ACCESS])],
      chosen(FARM.toLowerCase()),
    );
    const { read, listed } = valueOf(outcome);
    expect(namesOf(read)).toEqual(['Hillside Farm']);
    expect(listed.map(({ connection }) => connection.tenantId)).toEqual([HARBOUR, FARM]);
  });

  it('compares ids without case', async () => {
    const id = 'AAAAAAAA-1111-4111-8111-111111111111';
    const loud = { organisation: organisation({ id }), users: [] };
    const { outcome } = await look([reachTo('a', [loud])], chosen(id.toLowerCase()));
    expect(valueOf(outcome).read).toHaveLength(1);
    expect(gapOf(valueOf(outcome))).toBeNull();
  });

  it('isn’t whole without a chosen organisation that is no longer connected, and names it', async () => {
    const { outcome } = await look([reachTo('a', [HARBOUR_ACCESS])], chosen(HARBOUR, FARM));
    expect(namesOf(valueOf(outcome).read)).toEqual(['Harbour Books']);
    expect(gapOf(valueOf(outcome))).toMatchObject({
      code: 'organisationMissing',
      message: expect.stringContaining(`name of ${FARM}`) as string,
    });
  });

  it('goes on with the others when one refuses', async () => {
    const refusal = organisationForbidden('Harbour Books', 'Xero answered 403');
    const reach = reachTo('a', [HARBOUR_ACCESS, FARM_ACCESS], { [HARBOUR]: fail(refusal) });
    const { outcome, progress } = await look([reach]);
    const { read, failed } = valueOf(outcome);
    expect(namesOf(read)).toEqual(['Hillside Farm']);
    expect(failed).toMatchObject([{ id: HARBOUR, name: 'Harbour Books', failure: refusal }]);
    expect(gapOf(valueOf(outcome))).toBe(refusal);
    expect(progress.at(-1)).toBe('2 of 2');
  });

  it('reads an organisation once, through the first sign-in that reaches it', async () => {
    const first = reachTo('a', [HARBOUR_ACCESS]);
    const second = reachTo('b', [HARBOUR_ACCESS, FARM_ACCESS]);
    const { outcome } = await look([first, second]);
    expect(namesOf(valueOf(outcome).read)).toEqual(['Harbour Books', 'Hillside Farm']);
    expect(first.asked).toEqual([HARBOUR]);
    expect(second.asked).toEqual([FARM]);
  });

  it.each<[string, Failure]>([
    ['lets its person in no more', organisationForbidden('Harbour Books', 'Xero answered 403')],
    ['refuses its token', signedOut()],
    ['can’t be reached', unreachable('ECONNRESET')],
    ['was asked too often', rateLimited('day', NOW + 9, NOW, 'Xero answered 429')],
  ])('reads it through the next sign-in where the first %s', async (_what, failure) => {
    const first = reachTo('a', BOTH, { [HARBOUR]: fail(failure) });
    const second = reachTo('b', [HARBOUR_ACCESS]);
    const { outcome, progress } = await look([first, second]);
    const { read, failed, refused } = valueOf(outcome);
    expect(namesOf(read)).toEqual(['Harbour Books', 'Hillside Farm']);
    expect(failed).toEqual([]);
    expect(second.asked).toEqual([HARBOUR]);
    expect(progress.at(-1)).toBe('2 of 2');
    expect([...refused.keys()]).toEqual(failure.next === 'signInToXero' ? ['a'] : []);
  });

  it.each([unavailable('Xero answered 503'), unknownForm('x'), readingCancelled])(
    'doesn’t ask for it again where whoever asks gets the same ($code)',
    async (failure) => {
      const first = reachTo('a', [HARBOUR_ACCESS], { [HARBOUR]: fail(failure) });
      const second = reachTo('b', [HARBOUR_ACCESS]);
      const { outcome } = await look([first, second]);
      expect(gapOf(valueOf(outcome))).toBe(failure);
      expect(second.asked).toEqual([]);
    },
  );

  it('tells why the first sign-in failed where no other can read it either', async () => {
    const refusal = organisationForbidden('Harbour Books', 'Xero answered 403');
    const ways = ['a', 'b', 'c'].map((id) =>
      reachTo(id, [HARBOUR_ACCESS], { [HARBOUR]: fail(id === 'a' ? refusal : signedOut()) }),
    );
    const { failed, refused } = valueOf((await look(ways)).outcome);
    expect(failed).toMatchObject([{ id: HARBOUR, failure: refusal }]);
    expect([...refused.keys()]).toEqual(['b', 'c']);
  });

  it('says that a demo company was reset', async () => {
    const governed: Governed = new Map([[FARM, { name: 'Hillside Farm', demo: true }]]);
    const { outcome } = await look([reachTo('a', [HARBOUR_ACCESS])], governed);
    expect(gapOf(valueOf(outcome))?.code).toBe('demoCompanyReset');
  });

  it('calls an organisation by its last known name where Xero’s list has none', async () => {
    const row = { id: 'c', tenantId: HARBOUR, tenantType: 'ORGANISATION', tenantName: null };
    const listed = ConnectionsAnswer.parse([row]);
    const reach = reachTo('a', [HARBOUR_ACCESS]);
    const asked: string[] = [];
    const nameless: Reach = {
      signInId: 'a',
      reader: {
        ...reach.reader,
        connections: () => Promise.resolve(succeed(listed)),
        organisation: ({ name }) => {
          asked.push(name);
          return Promise.resolve(succeed(HARBOUR_ACCESS));
        },
      },
    };
    await look([nameless], new Map([[HARBOUR, { name: 'Harbour Books', demo: false }]]));
    await look([nameless]);
    expect(asked).toEqual(['Harbour Books', 'An organisation without a name']);
  });

  it('reads through the second sign-in what the first, signed out, can’t list', async () => {
    const first = { ...reachTo('a', []), signInId: 'a' };
    const lost: Reach = {
      signInId: 'a',
      reader: { ...first.reader, connections: () => Promise.resolve(fail(signedOut())) },
    };
    const second = reachTo('b', [HARBOUR_ACCESS]);
    const { outcome, unlisted } = await look([lost, second], chosen(HARBOUR));
    expect(gapOf(valueOf(outcome))).toBeNull();
    expect(unlisted).toEqual([['a', 'xeroSignedOut']]);
  });

  it('blames the lost sign-in for a chosen organisation that no other reaches', async () => {
    const lost = unlistable('a', signedOut());
    const { outcome } = await look([lost, reachTo('b', [FARM_ACCESS])], chosen(HARBOUR, FARM));
    expect(valueOf(outcome).failed).toMatchObject([
      { id: HARBOUR, failure: { code: 'xeroSignedOut' } },
    ]);
  });

  it('isn’t whole with a lost sign-in where all that is connected is wanted', async () => {
    const { outcome } = await look([unlistable('a', signedOut()), reachTo('b', [FARM_ACCESS])]);
    expect(gapOf(valueOf(outcome))?.code).toBe('xeroSignedOut');
  });

  it('fails when no sign-in can list anything', async () => {
    const { outcome, unlisted } = await look([unlistable('a', signedOut())], chosen(HARBOUR));
    expect(failureOf(outcome).code).toBe('xeroSignedOut');
    expect(unlisted).toHaveLength(1);
  });

  it('fails when nothing is connected and nothing was chosen', async () => {
    const { outcome } = await look([reachTo('a', [])]);
    expect(failureOf(outcome)).toMatchObject({ code: 'noOrganisation', next: 'signInToXero' });
  });

  it('counts tenants that aren’t organisations', async () => {
    const { outcome } = await look([
      reachTo('a', [HARBOUR_ACCESS], {}, 2),
      reachTo('b', [FARM_ACCESS], {}, 1),
    ]);
    expect([...valueOf(outcome).leftOut]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('knows nothing of those where a sign-in’s list can’t be had', async () => {
    const { outcome } = await look([unlistable('a', signedOut()), reachTo('b', [FARM_ACCESS])]);
    expect([...valueOf(outcome).leftOut]).toEqual([['b', 0]]);
  });

  it('reads four organisations at a time', async () => {
    const accesses = Array.from({ length: 9 }, (_, number) => ({
      organisation: organisation({ id: `org-${number}`, name: `Org ${number}` }),
      users: [],
    }));
    const held: ((outcome: Result<OrganisationAccess>) => void)[] = [];
    const reach = reachTo('a', accesses);
    const slow: Reach = {
      ...reach,
      reader: {
        ...reach.reader,
        organisation: () => new Promise((resolve) => held.push(resolve)),
      },
    };
    const outcome = look([slow]);
    await settle();
    expect(held).toHaveLength(4);
    held[0]?.(succeed(HARBOUR_ACCESS));
    await settle();
    expect(held).toHaveLength(5);
    for (let next = 1; next < 9; next += 1) {
      held[next]?.(fail(readingCancelled));
      await settle();
    }
    expect(valueOf((await outcome).outcome).failed).toHaveLength(8);
  });
});

describe('an organisation of whose day little is left', () => {
  const days = { [HARBOUR]: { left: 96, at: NOW } };
  const lookFor = (purpose: ReadPurpose) => look([reachTo('a', BOTH, {}, 0, days)], 'all', purpose);

  it.each(['look', 'check'] as const)('isn’t read by a %s, and the others are', async (purpose) => {
    const { outcome, progress } = await lookFor(purpose);
    const { read, held, failed } = valueOf(outcome);
    expect(namesOf(read)).toEqual(['Hillside Farm']);
    expect(held).toMatchObject([{ id: HARBOUR, name: 'Harbour Books', left: 96 }]);
    expect(held[0]?.until).toBeGreaterThan(NOW);
    expect(failed).toEqual([]);
    expect(progress.at(-1)).toBe('1 of 1');
  });

  it('is read for C1 all the same', async () => {
    const { read, held } = valueOf((await lookFor('c1')).outcome);
    expect(namesOf(read)).toEqual(['Harbour Books', 'Hillside Farm']);
    expect(held).toEqual([]);
  });

  it('is read through another Xero app that has more left of its day', async () => {
    const spent = reachTo('a', [HARBOUR_ACCESS], {}, 0, days);
    const fresh = reachTo('b', [HARBOUR_ACCESS]);
    const { read, held } = valueOf((await look([spent, fresh])).outcome);
    expect([namesOf(read), held]).toEqual([['Harbour Books'], []]);
    expect([spent.asked, fresh.asked]).toEqual([[], [HARBOUR]]);
  });

  it('is held back once, however many sign-ins list it', async () => {
    const reaches = ['a', 'b'].map((id) => reachTo(id, [HARBOUR_ACCESS], {}, 0, days));
    expect(valueOf((await look(reaches)).outcome).held).toHaveLength(1);
  });

  it('is told with what is left, under its id in small letters', async () => {
    const loud = 'AAAAAAAA-1111-4111-8111-111111111111';
    const access = { organisation: organisation({ id: loud }), users: [] };
    const day = { left: 951, at: NOW };
    const { outcome } = await look([reachTo('a', [access], {}, 0, { [loud]: day })]);
    expect([...valueOf(outcome).days]).toEqual([[loud.toLowerCase(), day]]);
  });
});

describe('when to look again', () => {
  const paused = (until: number) => fail(rateLimited('day', until, 0, 'Xero answered 429'));
  const refusal = fail(organisationForbidden('Harbour Books', 'Xero answered 403'));

  const againAfter = async (...asked: Parameters<typeof look>) => {
    const { outcome } = await look(...asked);
    return lookAgain(outcome.ok ? succeed({ look: outcome.value }) : outcome);
  };

  it('is not before the pause is over, where Xero let nothing be listed', () => {
    expect(lookAgain(paused(5))).toEqual({ at: 5, before: 'nothing' });
    expect(lookAgain(fail(signedOut()))).toBeNull();
  });

  it('is when the first organisation may be read again, where all have a pause', async () => {
    const instead = { [HARBOUR]: paused(5), [FARM]: paused(9) };
    expect(await againAfter([reachTo('a', BOTH, instead)])).toEqual({ at: 5, before: 'nothing' });
  });

  it('is before that as well, for the others', async () => {
    const others = [{ [HARBOUR]: paused(5) }, { [HARBOUR]: paused(5), [FARM]: refusal }];
    for (const instead of others) {
      expect(await againAfter([reachTo('a', BOTH, instead)])).toEqual({ at: 5, before: 'others' });
    }
  });

  it('heeds what was held back for C1', async () => {
    const days = { [HARBOUR]: { left: 96, at: NOW } };
    const alone = await againAfter([reachTo('a', [HARBOUR_ACCESS], {}, 0, days)]);
    expect(alone?.before).toBe('nothing');
    expect(alone?.at).toBeGreaterThan(NOW);
    expect((await againAfter([reachTo('a', BOTH, {}, 0, days)]))?.before).toBe('others');
  });

  it('is no matter when all was read, or when it failed for another reason', async () => {
    for (const instead of [{}, { [HARBOUR]: refusal }]) {
      expect(await againAfter([reachTo('a', [HARBOUR_ACCESS], instead)])).toBeNull();
    }
  });
});

function unlistable(signInId: string, failure: Failure): Reach {
  const { reader } = reachTo(signInId, []);
  return { signInId, reader: { ...reader, connections: () => Promise.resolve(fail(failure)) } };
}
