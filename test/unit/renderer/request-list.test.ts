import { describe, expect, it } from 'vitest';
import { endedOf, firstOf, openGroups } from '../../../renderer/pages/requests/groups.ts';
import { inShort, markOf, sentenceOf } from '../../../renderer/pages/requests/words.ts';
import { closeTime } from '../../../renderer/parts/time.ts';
import type { RequestView } from '../../../shared/requests.ts';
import { NOW } from '../../e2e/screens/data.ts';
import {
  caution,
  change,
  conflict,
  done,
  ended,
  everywhere,
  giveBack,
  invite,
  invited,
  many,
  remove,
} from '../../e2e/screens/requests-data.ts';

const at = (until: number, from: RequestView = change): RequestView => ({
  ...from,
  id: `${from.id}-${until}`,
  until,
});
const names = (...requests: readonly RequestView[]) =>
  openGroups({ requests }).map(({ name, requests: those }) => [name, those.map(({ id }) => id)]);

describe('The list of requests', () => {
  it('puts what runs out first on top, in each organisation and among them', () => {
    expect(names(at(30), at(20, invite), at(10))).toEqual([
      ['Harbour & Sons Ltd', ['change-10', 'change-30']],
      ['Northgate Dental Care', ['invite-20']],
    ]);
  });

  it('has a group for what is to be done in several organisations', () => {
    expect(names(everywhere)).toEqual([['Several organisations', ['everywhere']]]);
  });

  it('loses none of twenty', () => {
    const groups = openGroups({ requests: many });
    expect(groups).toHaveLength(4);
    expect(groups.flatMap(({ requests }) => requests)).toHaveLength(20);
  });

  it('keeps those that ended apart, and shows one of them where nothing is open', () => {
    const declined = ended('declined', 'Declined.');
    expect(endedOf({ requests: [change, done, declined] })).toEqual([done, declined]);
    expect(firstOf({ requests: [done, change] })?.id).toBe('change');
    expect(firstOf({ requests: [done, declined] })).toBe(done);
    expect(firstOf({ requests: [] })).toBeUndefined();
  });
});

describe('A request in words', () => {
  it.each<[RequestView, string, string]>([
    [change, 'Give Ana Pires the role Standard in Harbour & Sons Ltd', 'Read only to Standard'],
    [
      invite,
      'Invite Tomasz Kowalczyk to Northgate Dental Care as Invoice only',
      'Invite as Invoice only',
    ],
    [remove, 'Remove Chidi Anagonye from Harbour & Sons Ltd', 'Remove'],
    [giveBack, 'Take the role Adviser from Ben Okafor in Northgate Dental Care', 'End Adviser'],
    [everywhere, 'Remove Chidi Anagonye from every organisation', 'Remove everywhere'],
    [done, 'Give Ana Pires the role Standard in Harbour & Sons Ltd', 'To Standard'],
  ])('is a sentence on its page and short in the list', (request, sentence, short) => {
    expect([sentenceOf(request), inShort(request)]).toEqual([sentence, short]);
  });

  it('stands out by what a person should know before the rest', () => {
    const [first] = conflict;
    expect(first === undefined ? null : markOf(first)?.name).toBe('In conflict');
    expect(markOf(caution)?.name).toBe('To confirm');
    expect(markOf({ ...change, check: { ...change.check, now: 'looking' } })?.name).toBe('Looking');
    expect(markOf({ ...change, check: { ...change.check, trouble: 'No answer.' } })?.tone).toBe(
      'attention',
    );
    expect(markOf(invited)?.name).toBe('Invited');
    expect(markOf(change)).toBeNull();
  });
});

it('A look of a moment ago is told in seconds, as far as the clock of the window ticks', () => {
  expect([4, 20, 22, 59, 60, 150].map((seconds) => closeTime(NOW - seconds * 1_000, NOW))).toEqual([
    'just now',
    '20 seconds ago',
    '20 seconds ago',
    '55 seconds ago',
    '1 minute ago',
    '3 minutes ago',
  ]);
  expect(closeTime(NOW + 30_000, NOW)).toBe('in 30 seconds');
});
