import { byteOrder } from '../access/order.ts';
import type { AccessLists, ResourceRef } from '../access/types.ts';
import { MAX_GROUP_MEMBERS, MAX_ID_BYTES } from './limits.ts';

/**
 * What is wrong with the access, in words without names, or null. C1 and the SDK drop or refuse
 * such data later and silently (c1z-and-model.md §5.3), so that no file is made of it.
 */
export function findContradiction({ resources, entitlements, grants }: AccessLists): string | null {
  const idsByType = { org: new Set<string>(), role: new Set<string>(), user: new Set<string>() };
  for (const { type, id } of resources) idsByType[type].add(id);
  const entitlementIds = new Set(entitlements.map(({ id }) => id));
  const exists = ({ type, id }: ResourceRef) => idsByType[type].has(id);
  const lists: readonly (readonly { readonly id: string }[])[] = [resources, entitlements, grants];
  const checks: readonly [holds: boolean, otherwise: string][] = [
    [lists.every((list) => list.every(({ id }) => isId(id))), 'an id is empty or too long'],
    [isSorted(resources, keyOf), 'resources are out of order or listed twice'],
    [isSorted(entitlements, idOf), 'entitlements are out of order or listed twice'],
    [isSorted(grants, idOf), 'grants are out of order or listed twice'],
    [resources.every(({ parent }) => parent === null || exists(parent)), 'a parent is missing'],
    [
      entitlements.every(({ resource }) => exists(resource)),
      'an entitlement’s resource is missing',
    ],
    [grants.every((grant) => entitlementIds.has(grant.entitlementId)), 'an entitlement is missing'],
    [grants.every(({ principal }) => exists(principal)), 'a grant’s account is missing'],
    [groupsFit(entitlements), 'an exclusion group is too large or mixes types of resources'],
  ];
  return checks.find(([holds]) => !holds)?.[1] ?? null;
}

/** A resource's key in the file (c1z-and-model.md §2.2). */
export function keyOf({ type, id }: ResourceRef): string {
  return `${type}:${id}`;
}

function isId(id: string): boolean {
  // SQLite ends a text at a NUL.
  return id !== '' && Buffer.byteLength(id) <= MAX_ID_BYTES && !id.includes('\0');
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

/** Strictly: a key that stands twice is out of order too. */
function isSorted<T>(items: readonly T[], keyOf: (item: T) => string): boolean {
  let before: string | null = null;
  for (const item of items) {
    const key = keyOf(item);
    if (before !== null && byteOrder(before, key) >= 0) return false;
    before = key;
  }
  return true;
}

function groupsFit(entitlements: AccessLists['entitlements']): boolean {
  const groups = new Map<string, ResourceRef[]>();
  for (const { resource, exclusionGroup } of entitlements) {
    if (exclusionGroup === null) continue;
    const members = groups.get(exclusionGroup.id);
    if (members === undefined) groups.set(exclusionGroup.id, [resource]);
    else members.push(resource);
  }
  return [...groups.values()].every(
    (members) =>
      members.length <= MAX_GROUP_MEMBERS && new Set(members.map(({ type }) => type)).size === 1,
  );
}
