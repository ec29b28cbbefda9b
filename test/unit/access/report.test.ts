import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccessDesk } from '../../../main/connector/access-desk.ts';
import { pack } from '../../../main/access/kept-look.ts';
import { lookChanges } from '../../../main/access/look-changes.ts';
import { reportOf } from '../../../main/access/report.ts';
import { everybody } from '../../../shared/access-kinds.ts';
import { FARM, farm, harbour, HARBOUR, user } from './build.ts';
import { DAY, FIRST, listedAt, lookAt } from './looks.ts';

const ana = user({ subscriber: true });
const ben = user({ userId: 'u-ben', globalUserId: 'g-ben', firstName: 'Ben', role: 'READONLY' });
const benInFarm = { ...ben, userId: 'u-ben-2', role: 'FINANCIALADVISER' } as const;
const who = user({ userId: 'u-who', globalUserId: 'g-who', firstName: 'Who', role: 'UNKNOWN' });
const tom = user({ userId: 'u-tom', globalUserId: 'g-tom', firstName: 'Tom', role: 'REMOVED' });

const before = lookAt(FIRST, [harbour(ana, tom), farm()]);
const after = [harbour(ana, ben, who, tom), farm(benInFarm)];

describe('the evidence report', () => {
  const listed = listedAt(FIRST + DAY, after, before);
  const { report, csv } = reportOf(
    listed,
    lookChanges(listedAt(FIRST, [harbour(ana, tom), farm()]), listed),
  );

  it('tells of everybody with access: role by role, since when, and who pays', () => {
    expect(report.people?.map(({ name, holds }) => [name, holds])).toEqual([
      [
        'Ana Reyes',
        [
          {
            organisation: 'Harbour Books',
            access: 'Standard',
            subscriber: true,
            since: { kind: 'before', at: FIRST },
          },
        ],
      ],
      [
        'Ben Reyes',
        [
          {
            organisation: 'Harbour Books',
            access: 'Read only',
            subscriber: false,
            since: { kind: 'from', at: FIRST + DAY },
          },
          {
            organisation: 'Hillside Farm',
            access: 'Adviser',
            subscriber: false,
            since: { kind: 'from', at: FIRST + DAY },
          },
        ],
      ],
      [
        'Who Reyes',
        [
          {
            organisation: 'Harbour Books',
            access: 'Not told by Xero',
            subscriber: false,
            since: { kind: 'from', at: FIRST + DAY },
          },
        ],
      ],
    ]);
  });

  it('counts people by organisation and role, and those removed apart', () => {
    expect(report.counts).toEqual({ people: 3, removed: 1 });
    expect(report.roles.map(({ name, people }) => [name, people])).toEqual([
      ['Adviser', 1],
      ['Standard', 1],
      ['Read only', 1],
    ]);
    expect(report.organisations).toEqual([
      {
        id: HARBOUR,
        name: 'Harbour Books',
        demo: false,
        people: 3,
        roles: [0, 1, 1],
        undisclosed: 1,
        subscribers: ['Ana Reyes'],
      },
      {
        id: FARM,
        name: 'Hillside Farm',
        demo: true,
        people: 1,
        roles: [1, 0, 0],
        undisclosed: 0,
        subscribers: [],
      },
    ]);
  });

  it('tells what changed, each in a sentence', () => {
    expect(report.changes?.counts).toMatchObject({ joined: 3, left: 0 });
    expect(report.changes?.rows.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([
      'Ben Reyes: Joined Harbour Books as Read only.',
      'Ben Reyes: Joined Hillside Farm as Adviser.',
      'Who Reyes: Joined Harbour Books as no role that Xero tells.',
    ]);
    expect(reportOf(listed, null).report.changes).toBeNull();
  });

  it('leaves to the data what would fill hundreds of pages, and says how much there is', () => {
    const crowd = Array.from({ length: 2001 }, (_, index) =>
      user({ userId: `u-${index}`, globalUserId: `g-${index}`, firstName: `Person ${index}` }),
    );
    const many = listedAt(FIRST + DAY, [harbour(...crowd)]);
    const changes = lookChanges(listedAt(FIRST, [harbour(ana)]), many);
    const { report: large } = reportOf(many, changes);
    expect(large).toMatchObject({
      people: null,
      counts: { people: 2001 },
      data: { rows: 2001 },
    });
    expect(large.changes?.rows).toHaveLength(2000);
    expect(large.changes?.total).toBe(changes.all.length);
    const few = listedAt(FIRST + DAY, [harbour(...crowd.slice(0, 2000))]);
    expect(reportOf(few, null).report.people).toHaveLength(2000);
  });

  it('is of the very bytes that the Access page saves, and says how many rows and which hash they have', () => {
    const desk = new AccessDesk();
    desk.answer('open', { at: FIRST + DAY, packed: pack(listed.look) });
    const saved = desk.answer('export', {
      kind: 'list',
      look: FIRST + DAY,
      view: everybody,
      ownDomains: null,
    });
    if (saved.kind !== 'answer') throw new Error('The look isn’t open.');
    expect(Buffer.from(csv)).toEqual(Buffer.from(saved.answer.csv));
    const lines = Buffer.from(csv).toString('utf8').trimEnd().split('\r\n');
    expect(report.data).toEqual({
      rows: lines.length - 1,
      bytes: csv.length,
      sha256: createHash('sha256').update(csv).digest('hex'),
    });
  });

  it('is the same in whatever order Xero answered', () => {
    const turned = listedAt(FIRST + DAY, [farm(benInFarm), harbour(tom, who, ben, ana)], before);
    expect(reportOf(turned, null).report.data.sha256).toBe(report.data.sha256);
  });
});
