import type {
  CallsToday,
  Organisation,
  OrganisationState,
  XeroSignIn,
} from '../../shared/snapshot.ts';
import type { ModelSummary } from '../access/summary.ts';
import { isUnnamed, type Connection } from '../xero/answers.ts';
import type { DayBudget } from '../xero/governor.ts';
import { KEPT_FOR_C1 } from './day-budget.ts';
import { connectedId, sameId, type KnownOrganisation } from './governed.ts';
import type { Look } from './look.ts';

/**
 * The organisations to show for each sign-in after a look: those that Xero lists, and the governed
 * ones that no list holds any more. Where a sign-in's list couldn't be had, those that were known.
 *
 * @param governed by lower-case id
 * @param at when the look ended, in milliseconds since 1970
 */
export function organisationsAfter(
  look: Look,
  summary: Pick<ModelSummary, 'people'>,
  governed: ReadonlyMap<string, KnownOrganisation>,
  at: number,
): (signIn: XeroSignIn) => readonly Organisation[] {
  const states = statesAfter(look, summary, at);
  const details = new Map(look.read.map((access) => [connectedId(access), access.organisation]));
  const listedAnywhere = new Set(
    look.listed.map(({ connection }) => connection.tenantId.toLowerCase()),
  );

  const present = (connection: Connection, before: Organisation | undefined): Organisation => {
    const id = connection.tenantId.toLowerCase();
    const detail = details.get(id);
    const day = look.days.get(id);
    const name = isUnnamed(connection) ? (before?.name ?? connection.name) : connection.name;
    return {
      id: connection.tenantId,
      name: detail?.name ?? name,
      shortCode: detail?.shortCode ?? before?.shortCode ?? null,
      demo: detail?.demo ?? before?.demo ?? false,
      governed: governed.has(id),
      state: states.get(id) ?? before?.state ?? { kind: 'unread' },
      ...(day === undefined ? {} : { today: todayOf(day) }),
    };
  };
  const past = (organisation: Organisation): Organisation => ({
    ...organisation,
    state: states.get(organisation.id.toLowerCase()) ?? organisation.state,
  });

  return ({ id: signInId, organisations: known }) => {
    if (!look.leftOut.has(signInId)) return known.map(past);
    const gone = known.filter(({ id }) => {
      const wanted = id.toLowerCase();
      return governed.has(wanted) && !listedAnywhere.has(wanted);
    });
    const mine = look.listed.filter((each) => each.signInId === signInId);
    return [
      ...mine.map(({ connection }) =>
        present(
          connection,
          known.find(({ id }) => sameId(id, connection.tenantId)),
        ),
      ),
      ...gone.map(past),
    ];
  };
}

function todayOf({ left }: DayBudget): CallsToday {
  return { left, forC1Alone: left <= KEPT_FOR_C1 };
}

/** What the look found of each organisation that it read or couldn't read, by lower-case id. */
function statesAfter(
  look: Look,
  { people }: Pick<ModelSummary, 'people'>,
  at: number,
): ReadonlyMap<string, OrganisationState> {
  const states = new Map<string, OrganisationState>();
  for (const access of look.read) {
    const found = people.get(access.organisation.id) ?? { people: 0, roles: [] };
    states.set(connectedId(access), { kind: 'read', at, ...found });
  }
  for (const { id, failure } of look.failed) {
    const unlisted = failure.code === 'organisationMissing' || failure.code === 'demoCompanyReset';
    states.set(id.toLowerCase(), { kind: unlisted ? 'missing' : 'failed', because: failure });
  }
  return states;
}
