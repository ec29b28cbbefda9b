import {
  groupBy,
  keyOf,
  onlyOf,
  type ComparedAccess,
  type ComparedEntitlement,
  type ComparedGrant,
  type ComparedRef,
  type ComparedResource,
} from './compared.ts';
import { counterparts } from './counterparts.ts';

/** The same thing before and after. */
export interface Pair<T> {
  readonly from: T;
  readonly to: T;
}

/** What became of one kind of thing, in the order of the two sides. */
export interface Changes<T> {
  /** Under the same id, on which everything in C1 hangs. */
  readonly kept: readonly Pair<T>[];
  /** The same thing under another id; several may have become one. */
  readonly renamed: readonly Pair<T>[];
  readonly gained: readonly T[];
  readonly lost: readonly T[];
}

export interface Differences {
  /** By resource type, in order of the types. */
  readonly resources: ReadonlyMap<string, Changes<ComparedResource>>;
  readonly entitlements: Changes<ComparedEntitlement>;
  readonly grants: Changes<ComparedGrant>;
}

/**
 * What C1 would see change if the second followed upon the first (product.md §6). C1 knows a thing
 * by its id alone; what is the same under another id is found by Xero's ids, by organisation and
 * role, and by e-mail addresses and names that are one thing's alone on both sides.
 */
export function findDifferences(old: ComparedAccess, next: ComparedAccess): Differences {
  const resourceAfter = counterparts(old.resources, next.resources);
  const resources = divide(old.resources, next.resources, keyOf, (each) =>
    resourceAfter.get(keyOf(each)),
  );
  const entitlements = divide(
    old.entitlements,
    next.entitlements,
    idOf,
    entitlementFinder(old.entitlements, next.entitlements, resourceAfter),
  );
  return {
    resources: byType(resources),
    entitlements,
    grants: divide(
      old.grants,
      next.grants,
      idOf,
      grantFinder(next.grants, entitlements, resourceAfter),
    ),
  };
}

/** Of those kept, how many have another name or another status. */
export function shownAnew({ kept }: Changes<ComparedResource>): {
  readonly names: number;
  readonly statuses: number;
} {
  return {
    names: kept.filter(({ from, to }) => from.displayName !== to.displayName).length,
    statuses: kept.filter(({ from, to }) => from.status !== to.status).length,
  };
}

/** Divides two sides by their keys, then by who else is the same. */
function divide<T>(
  old: readonly T[],
  next: readonly T[],
  key: (item: T) => string,
  sameAs: (item: T) => T | undefined,
): Changes<T> {
  const byKey = new Map(next.map((item) => [key(item), item]));
  const kept: Pair<T>[] = [];
  const renamed: Pair<T>[] = [];
  const lost: T[] = [];
  for (const from of old) {
    const same = byKey.get(key(from));
    const to = same ?? sameAs(from);
    if (to === undefined) lost.push(from);
    else (same === undefined ? renamed : kept).push({ from, to });
  }
  const met = new Set([...kept, ...renamed].map(({ to }) => key(to)));
  return { kept, renamed, lost, gained: next.filter((item) => !met.has(key(item))) };
}

/** On the same resource: the one of the same slug, or its only one, whose slug an id may repeat. */
function entitlementFinder(
  old: readonly ComparedEntitlement[],
  next: readonly ComparedEntitlement[],
  resourceAfter: ReadonlyMap<string, ComparedResource>,
): (entitlement: ComparedEntitlement) => ComparedEntitlement | undefined {
  const before = groupBy(old, ({ resource }) => keyOf(resource));
  const after = groupBy(next, ({ resource }) => keyOf(resource));
  return ({ resource, slug }) => {
    const moved = resourceAfter.get(keyOf(resource));
    const there = moved === undefined ? [] : (after.get(keyOf(moved)) ?? []);
    const alone = onlyOf(before.get(keyOf(resource)) ?? []) !== undefined;
    return there.find((each) => each.slug === slug) ?? (alone ? onlyOf(there) : undefined);
  };
}

/** The same account's grant of the same entitlement. */
function grantFinder(
  next: readonly ComparedGrant[],
  { kept, renamed }: Changes<ComparedEntitlement>,
  resourceAfter: ReadonlyMap<string, ComparedResource>,
): (grant: ComparedGrant) => ComparedGrant | undefined {
  const entitlementAfter = new Map(
    [...kept, ...renamed].map(({ from, to }) => [from.id, to.id] as const),
  );
  const held = (entitlementId: string, principal: ComparedRef) =>
    JSON.stringify([entitlementId, keyOf(principal)]);
  const after = new Map(
    next.map((grant) => [held(grant.entitlementId, grant.principal), grant] as const),
  );
  return ({ entitlementId, principal }) => {
    const entitlement = entitlementAfter.get(entitlementId);
    const account = resourceAfter.get(keyOf(principal));
    if (entitlement === undefined || account === undefined) return undefined;
    return after.get(held(entitlement, account));
  };
}

function byType(all: Changes<ComparedResource>): ReadonlyMap<string, Changes<ComparedResource>> {
  const types = new Set(
    [...all.kept, ...all.renamed]
      .map(({ from }) => from)
      .concat(all.lost, all.gained)
      .map(({ type }) => type),
  );
  const ofPair = (type: string) => (pair: Pair<ComparedResource>) => pair.from.type === type;
  const ofOne = (type: string) => (one: ComparedResource) => one.type === type;
  return new Map(
    [...types].sort().map((type) => [
      type,
      {
        kept: all.kept.filter(ofPair(type)),
        renamed: all.renamed.filter(ofPair(type)),
        gained: all.gained.filter(ofOne(type)),
        lost: all.lost.filter(ofOne(type)),
      },
    ]),
  );
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}
