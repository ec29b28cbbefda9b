import { createHash } from 'node:crypto';
import { mergeAccount, readRows, type AccountRows, type Row } from './accounts.ts';
import { keepsLegacyIds, personId } from './ids.ts';
import { REMOVED, UNDISCLOSED, type Holding, type KeptAccount, type Look } from './kept-look.ts';
import { organisationName } from './organisations.ts';
import { byteOrder, inByteOrder } from './order.ts';
import { knownRoles, readRole, type Role } from './roles.ts';
import type { AccessRead, ModelOptions, OrganisationAccess } from './types.ts';

/** A look to keep, and what tells whether it differs from another. */
export interface TakenLook {
  readonly look: Look;
  /** The same for the same access, whenever it was looked at. */
  readonly digest: string;
}

/**
 * Makes the look to keep of what was read: what each account holds, since when. What the previous
 * look had too has been so since then; what only this one has, from now on.
 *
 * @param at when it was read, in milliseconds since 1970
 * @param previous the look before it; without one, everything has been so since before this one
 */
export function takeLook(read: AccessRead, at: number, previous: Look | null): TakenLook {
  const { options } = read;
  const organisations = [...read.organisations].sort((a, b) =>
    byteOrder(a.organisation.id, b.organisation.id),
  );
  const roles = new Roles();
  const rows = organisations.flatMap((access, place) => rowsOf(access, place, options));
  const accounts = inByteOrder(
    [...byAccount(rows)].map(([id, group]) => accountOf(id, group, roles, at)),
    ({ id }) => id,
  );
  const look: Look = {
    version: 1,
    at,
    accountId: options.accountId,
    organisations: organisations.map(({ organisation }) => ({
      id: organisation.id,
      name: organisationName(organisation),
      demo: organisation.demo,
    })),
    roles: roles.list,
    accounts: [...accounts],
  };
  const digest = digestOf(look);
  return { look: withTimes(look, previous), digest };
}

type PlacedRow = Row & { readonly place: number };

function rowsOf(
  access: OrganisationAccess,
  place: number,
  options: ModelOptions,
): readonly PlacedRow[] {
  const legacy = keepsLegacyIds(access.organisation, options);
  return readRows(access, { ...options, legacy }).map((row) => ({ ...row, place }));
}

function byAccount(rows: readonly PlacedRow[]): ReadonlyMap<string, [PlacedRow, ...PlacedRow[]]> {
  const groups = new Map<string, [PlacedRow, ...PlacedRow[]]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group === undefined) groups.set(row.accountId, [row]);
    else group.push(row);
  }
  return groups;
}

function accountOf(
  id: string,
  rows: AccountRows & readonly PlacedRow[],
  roles: Roles,
  at: number,
): KeptAccount {
  const { displayName: name, email } = mergeAccount(id, rows);
  const person = rows.map(({ user }) => personId(user)).find((known) => known !== null);
  const changes = rows.flatMap(({ user }) => user.updatedAt ?? []);
  const marks = [
    ...(rows.some((row) => row.unrecognised) ? (['noGlobalUserId'] as const) : []),
    ...(rows.some(({ user }) => (user.unread ?? []).length > 0) ? (['unreadField'] as const) : []),
  ];
  return {
    id,
    ...(person === undefined || person === id ? {} : { person }),
    name,
    email,
    changedAt: changes.length === 0 ? null : Math.max(...changes),
    holds: holdingsOf(rows, roles, at),
    ...(marks.length === 0 ? {} : { marks }),
  };
}

/** One for each organisation and role; listed twice, who pays is whoever one row says pays. */
function holdingsOf(rows: readonly PlacedRow[], roles: Roles, at: number): Holding[] {
  const found = new Map<string, Holding>();
  for (const { place, user } of rows) {
    // In the list one role is one role, whatever ids an organisation keeps from before.
    const standing = readRole(user.role, false);
    const role =
      standing.kind === 'holds'
        ? roles.place(standing.role)
        : standing.kind === 'removed'
          ? REMOVED
          : UNDISCLOSED;
    const pays = user.subscriber && role !== REMOVED;
    const key = `${place} ${role}`;
    const subscriber = pays || found.get(key)?.[2] === true;
    found.set(key, [place, role, subscriber, at, 'from']);
  }
  const holds = [...found.values()];
  // Whoever is listed as removed and is back has access.
  const isBack = ([place]: Holding) =>
    holds.some(([other, role]) => other === place && role !== REMOVED);
  return holds.filter((holding) => holding[1] !== REMOVED || !isBack(holding));
}

/** Xero's roles in their order, and after them those that we don't know. */
class Roles {
  readonly list: Look['roles'] = knownRoles(false).map(kept);
  readonly #places = new Map(this.list.map(({ id }, place) => [id, place]));

  place(role: Role): number {
    const known = this.#places.get(role.slug);
    if (known !== undefined) return known;
    this.#places.set(role.slug, this.list.length);
    return this.list.push(kept(role)) - 1;
  }
}

function kept({ slug, name, order, known }: Role): Look['roles'][number] {
  return { id: slug, name, order, known };
}

/** Of all that a look says but for its times: those of a look are in its name, the others follow from it. */
function digestOf({ accountId, organisations, roles, accounts }: Look): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ accountId, organisations, roles }));
  for (const { holds, ...account } of accounts) {
    const held = holds.map(([organisation, role, subscriber]) => [organisation, role, subscriber]);
    hash.update(JSON.stringify([account, held]));
  }
  return hash.digest('hex');
}

/** Carries over since when, for what the previous look has too. */
function withTimes(look: Look, previous: Look | null): Look {
  // Under other ids nobody is the same account.
  const before = previous?.accountId === look.accountId ? previous : null;
  const known = new Set(before?.organisations.map(({ id }) => id));
  const since = new Map(
    (before?.accounts ?? []).map((account) => [account.id, account.holds] as const),
  );
  const heldBefore = (id: string, [organisation, role]: Holding): Holding | undefined =>
    since
      .get(id)
      ?.find(
        ([place, other]) =>
          before?.organisations[place]?.id === look.organisations[organisation]?.id &&
          (role < 0 ? other === role : before?.roles[other]?.id === look.roles[role]?.id),
      );
  const timed = (id: string, holding: Holding): Holding => {
    const [organisation, role, subscriber, at] = holding;
    const earlier = heldBefore(id, holding);
    if (earlier !== undefined) return [organisation, role, subscriber, earlier[3], earlier[4]];
    // Of an organisation that wasn't looked at before, nobody can say since when.
    const told = known.has(look.organisations[organisation]?.id ?? '');
    return [organisation, role, subscriber, at, told ? 'from' : 'before'];
  };
  return {
    ...look,
    accounts: look.accounts.map((account) => ({
      ...account,
      holds: account.holds.map((holding) => timed(account.id, holding)),
    })),
  };
}
