import { groupBy, keyOf, onlyOf, type ComparedResource } from './compared.ts';
import { trimmed } from './profile.ts';
import { roleMeant } from './roles.ts';

/** Which resource of another file is the same thing, by what each file says of it. */

/** By keys of the old side; what has no counterpart is left out. */
type Counterparts = ReadonlyMap<string, ComparedResource>;

/**
 * Finds for each old resource the new one that is the same thing: the one of its id, else of one of
 * its Xero ids, else the one that alone on both sides is like it.
 */
export function counterparts(
  old: readonly ComparedResource[],
  next: readonly ComparedResource[],
): Counterparts {
  const organisations = match(ofType(old, true), ofType(next, true), nameOf, nameOf);
  const likenessBefore = describer(old, (id) => organisations.get(`org:${id}`)?.id ?? id);
  const likenessAfter = describer(next, (id) => id);
  const others = match(ofType(old, false), ofType(next, false), likenessBefore, likenessAfter);
  return new Map([...organisations, ...others]);
}

type Describe = (resource: ComparedResource) => string | null;

function match(
  old: readonly ComparedResource[],
  next: readonly ComparedResource[],
  describeOld: Describe,
  describeNext: Describe,
): Counterparts {
  const byXeroId = new Map(
    next.flatMap((each) => xeroIds(each).map((id) => [id, each] as const)).reverse(),
  );
  const byId = new Map(next.map((each) => [keyOf(each), each]));
  const found = new Map<string, ComparedResource>();
  for (const each of old) {
    const same =
      byId.get(keyOf(each)) ??
      xeroIds(each)
        .map((id) => byXeroId.get(id))
        .find((other) => other !== undefined);
    if (same !== undefined) found.set(keyOf(each), same);
  }
  const taken = new Set([...found.values()].map(keyOf));
  const before = groupLike(
    old.filter((each) => !found.has(keyOf(each))),
    describeOld,
  );
  const after = groupLike(
    next.filter((each) => !taken.has(keyOf(each))),
    describeNext,
  );
  for (const [likeness, alike] of before) {
    const [one, other] = [onlyOf(alike), onlyOf(after.get(likeness) ?? [])];
    if (one !== undefined && other !== undefined) found.set(keyOf(one), other);
  }
  return found;
}

function groupLike(
  resources: readonly ComparedResource[],
  describe: Describe,
): ReadonlyMap<string, readonly ComparedResource[]> {
  return groupBy(resources, (each) => {
    const likeness = describe(each);
    return likeness === null ? null : `${each.type}:${likeness}`;
  });
}

/** The ids by which Xero knows it, the most telling first; of roles there are none. */
function xeroIds({ type, id, profile }: ComparedResource): readonly string[] {
  switch (type) {
    case 'org':
      return [`org:${id.toLowerCase()}`];
    case 'user':
      return [id, profile['global_user_id'], profile['user_id']]
        .filter((each) => typeof each === 'string')
        .map((each) => `user:${each.toLowerCase()}`);
    default:
      return [];
  }
}

/** @param organisationAfter the id that an organisation of this side has on the new side */
function describer(
  side: readonly ComparedResource[],
  organisationAfter: (id: string) => string,
): Describe {
  const bare = bareOrganisation(side);
  return (resource) => {
    switch (resource.type) {
      case 'role': {
        const organisation = organisationOf(resource) ?? bare;
        const role = resource.profile['role_name'] ?? resource.displayName;
        return organisation === null || typeof role !== 'string'
          ? null
          : JSON.stringify([organisationAfter(organisation), roleMeant(role)]);
      }
      case 'user':
        return lowered(resource.account?.email ?? '');
      default:
        return nameOf(resource);
    }
  };
}

function organisationOf({ parent, profile }: ComparedResource): string | null {
  if (parent !== null) return parent.id;
  const id = profile['organisation_id'];
  return typeof id === 'string' ? id : null;
}

/** The organisation of roles that name none, as those of baton-xero: the one that has no others. */
function bareOrganisation(side: readonly ComparedResource[]): string | null {
  const owners = new Set(side.filter(({ type }) => type === 'role').map(organisationOf));
  return onlyOf(ofType(side, true).filter(({ id }) => !owners.has(id)))?.id ?? null;
}

function nameOf({ displayName }: ComparedResource): string | null {
  return lowered(displayName);
}

function lowered(text: string): string | null {
  return trimmed(text)?.toLowerCase() ?? null;
}

function ofType(side: readonly ComparedResource[], organisations: boolean): ComparedResource[] {
  return side.filter(({ type }) => (type === 'org') === organisations);
}
