import type { FileRows } from '../../main/c1z/contents.ts';
import { Status_ResourceStatus } from '../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import type { DecodedSync } from '../sandbox/c1/decode.ts';
import type { SandboxUser, World } from '../sandbox/world.ts';

/** Who has access to what, as lines that a person could compare by eye. */
export interface AccessLines {
  readonly organisations: readonly string[];
  /** `<account id>: <display name>, <enabled or disabled>` */
  readonly accounts: readonly string[];
  /** `<resource type> <resource id> <entitlement>: <account id>` */
  readonly grants: readonly string[];
}

const ROLES = [
  'READONLY',
  'CASHBOOKCLIENT',
  'INVOICEONLY',
  'MANAGEDCLIENT',
  'STANDARD',
  'FINANCIALADVISER',
];

/** What C1 should show of the sandbox's world, by the rules of product.md §2 told a second time. */
export function accessOf(world: World): AccessLines {
  const places = world.organisations
    .flatMap(({ id, users }) => users.map((user) => ({ organisation: id, user })))
    .toSorted((one, other) => (one.organisation < other.organisation ? -1 : 1));
  const byAccount = new Map<string, SandboxUser[]>();
  for (const { user } of places) {
    const id = accountId(user);
    byAccount.set(id, [...(byAccount.get(id) ?? []), user]);
  }
  return {
    organisations: world.organisations.map(({ id, name }) => `${id}: ${name}`).toSorted(),
    accounts: [...byAccount]
      .map(([id, users]) => {
        const newest = users.reduce((best, user) =>
          user.updatedAt > best.updatedAt ? user : best,
        );
        const enabled = users.some(({ role }) => role !== 'REMOVED');
        return `${id}: ${displayName(newest, id)}, ${enabled ? 'enabled' : 'disabled'}`;
      })
      .toSorted(),
    grants: places.flatMap(({ organisation, user }) => grantsOf(organisation, user)).toSorted(),
  };
}

function grantsOf(organisation: string, user: SandboxUser): readonly string[] {
  const { role, subscriber } = user;
  if (role === 'REMOVED') return [];
  const account = accountId(user);
  const lines = [`org ${organisation} member: ${account}`];
  if (subscriber) lines.push(`org ${organisation} subscriber: ${account}`);
  if (ROLES.includes(role)) {
    lines.push(`role ${organisation}/${role.toLowerCase()} assigned: ${account}`);
  }
  return lines;
}

function accountId({ personId, userId, showsGlobalId }: SandboxUser): string {
  return showsGlobalId ? personId : userId;
}

function displayName({ firstName, lastName, email }: SandboxUser, id: string): string {
  const name = [firstName?.trim(), lastName?.trim()].filter(Boolean).join(' ');
  return name === '' ? (email ?? id) : name;
}

type Found = Pick<DecodedSync, 'resources' | 'entitlements' | 'grants'>;

/** The same lines, of what arrived in C1. */
export function accessIn(sync: Found | undefined): AccessLines {
  if (sync === undefined) throw new Error('C1 has received nothing that it could show');
  const { resources, entitlements, grants } = sync;
  const ofType = (type: string) => resources.filter(({ id }) => id?.resourceType === type);
  const slugs = new Map(entitlements.map(({ id, slug }) => [id, slug]));
  return {
    organisations: ofType('org')
      .map(({ id, displayName }) => `${id?.resource ?? ''}: ${displayName}`)
      .toSorted(),
    accounts: ofType('user')
      .map(({ id, displayName, status }) => {
        const enabled = status?.status === Status_ResourceStatus.ENABLED;
        return `${id?.resource ?? ''}: ${displayName}, ${enabled ? 'enabled' : 'disabled'}`;
      })
      .toSorted(),
    grants: grants
      .map(({ entitlement, principal }) => {
        const { resourceType = '', resource = '' } = entitlement?.resource?.id ?? {};
        const slug = slugs.get(entitlement?.id ?? '') ?? '';
        return `${resourceType} ${resource} ${slug}: ${principal?.id?.resource ?? ''}`;
      })
      .toSorted(),
  };
}

/** The same lines, of what our reader finds in a file. */
export function accessInFile({ resources, entitlements, grants }: FileRows): AccessLines {
  const ofType = (wanted: string) => resources.filter(({ type }) => type === wanted);
  const slugs = new Map(entitlements.map(({ id, slug }) => [id, slug]));
  return {
    organisations: ofType('org')
      .map(({ id, displayName }) => `${id}: ${displayName}`)
      .toSorted(),
    accounts: ofType('user')
      .map(({ id, displayName, status }) => {
        return `${id}: ${displayName}, ${status === 'ENABLED' ? 'enabled' : 'disabled'}`;
      })
      .toSorted(),
    grants: grants
      .map(({ entitlementId, resource, principal }) => {
        const slug = slugs.get(entitlementId) ?? '';
        return `${resource.type} ${resource.id} ${slug}: ${principal.id}`;
      })
      .toSorted(),
  };
}
