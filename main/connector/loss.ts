import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Loss } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Holdings } from '../access/holdings.ts';

/**
 * C1 pauses a sync that brings a big drop and applies it once somebody confirms it there. Of how big,
 * its documentation gives one example, half of the resources (c1-protocol.md §7.5), and not whether
 * kinds of resources count together. So half of any kind is taken as big: to be wrong costs a word.
 */
const BIG_DROP = 0.5;

/**
 * What C1 would see disappear if these organisations were governed no more. Of the others, those
 * that are governed now remain; an account that one of them has stays.
 *
 * @param holdings as of the newest read of all governed organisations, which is what C1 is shown
 */
export function previewLoss(
  ids: readonly string[],
  governed: readonly string[],
  holdings: Holdings | null,
): Result<Loss> {
  if (holdings === null) return fail(nothingRead);
  const chosen = lowerCased(governed);
  const leaving = lowerCased(ids);
  const before = countOf(holdings, (id) => chosen.has(id));
  const after = countOf(holdings, (id) => chosen.has(id) && !leaving.has(id));
  const drop = (kind: keyof typeof before): number => before[kind] - after[kind];
  const gone = holdings.organisations.filter(({ id }) => chosen.has(id) && leaving.has(id));
  return succeed({
    organisations: gone.map(({ name }) => name),
    accounts: drop('accounts'),
    roles: drop('roles'),
    grants: drop('grants'),
    mayPauseC1: (['organisations', 'accounts', 'roles'] as const).some(
      (kind) => drop(kind) > 0 && drop(kind) >= before[kind] * BIG_DROP,
    ),
  });
}

/** What there is when only these organisations are governed. */
function countOf({ organisations, accounts }: Holdings, isGoverned: (id: string) => boolean) {
  const there = organisations.map(({ id }) => isGoverned(id));
  const rest = organisations.filter((_, place) => there[place]);
  const held = accounts.filter(({ places }) => places.some((place) => there[place]));
  return {
    organisations: rest.length,
    accounts: total(held.map(({ count }) => count)),
    roles: total(rest.map(({ roles }) => roles)),
    grants: total(rest.map(({ grants }) => grants)),
  };
}

function lowerCased(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.map((id) => id.toLowerCase()));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

const nothingRead: Failure = {
  code: 'usage',
  message: say('loss.notAllOrganisationsHaveBeen'),
  next: 'checkXeroNow',
};
