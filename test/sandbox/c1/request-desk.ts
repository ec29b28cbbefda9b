import { create, toBinary, type JsonObject, type MessageInitShape } from '@bufbuild/protobuf';
import { anyPack, anyUnpack } from '@bufbuild/protobuf/wkt';
import { UserTraitSchema } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  EntitlementSchema,
  type Entitlement,
} from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema, type Grant } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  ResourceSchema,
  type Resource,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { TaskSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { declarationOf, type Declaration } from './declaration.ts';
import type { DecodedSync } from './decode.ts';
import { find, keyOf } from './inspect.ts';
import type { C1Sandbox } from './sandbox.ts';

/** What C1 puts for a grant whose id it doesn't know (c1z-and-model.md §4). */
export const UNKNOWN_GRANT = '🧸_UNKNOWN_GRANT_ID';

/** An account by its id or e-mail address, and an entitlement by its id or name. */
export interface Wanted {
  readonly account: string;
  readonly entitlement: string;
}

/** Why C1 asks nothing of the connector. */
export class NotAsked extends Error {}

/**
 * Where people ask C1 for changes. Each becomes a task as C1 would send it: the entitlement with its
 * resource, the account with its user trait, as the last upload has them.
 */
export class RequestDesk {
  /** Whether C1 remembers the ids of grants; its placeholder stands for those it doesn't. */
  grantIds: 'known' | 'unknown' = 'known';
  readonly #sandbox: Pick<C1Sandbox, 'access' | 'enqueue' | 'events'>;

  constructor(sandbox: Pick<C1Sandbox, 'access' | 'enqueue' | 'events'>) {
    this.#sandbox = sandbox;
  }

  /** What the connector's last Hello says that it does. */
  offers(): Declaration {
    const greeting = this.#sandbox.events('hello').at(-1);
    return declarationOf(greeting?.request.connectorMetadata);
  }

  /** "Request access"; somebody whom C1 knows by e-mail alone may be named too. Returns the task's id. */
  access({
    account,
    entitlement,
    durationMs,
  }: Wanted & { durationMs?: number | undefined }): string {
    const sync = this.#known();
    const wanted = entitlementIn(sync, entitlement);
    this.#expectProvisioned(wanted);
    const principal = accountIn(sync, account) ?? strangerWith(account);
    const seconds = BigInt(Math.round((durationMs ?? 0) / 1000));
    const duration = seconds > 0n ? { duration: { seconds } } : {};
    return this.#ask({ case: 'grant', value: { entitlement: wanted, principal, ...duration } });
  }

  /** "Revoke". */
  revoke({ account, entitlement }: Wanted): string {
    const sync = this.#known();
    const wanted = entitlementIn(sync, entitlement);
    this.#expectProvisioned(wanted);
    const principal = accountIn(sync, account);
    if (principal === undefined) throw new NotAsked(`There is no account ${account}.`);
    const known = sync.grants.find(
      (grant) =>
        grant.entitlement?.id === wanted.id && keyOf(grant.principal?.id) === keyOf(principal.id),
    );
    const id = this.grantIds === 'known' ? (known?.id ?? UNKNOWN_GRANT) : UNKNOWN_GRANT;
    const grant: Grant = create(GrantSchema, {
      id,
      entitlement: wanted,
      principal,
      annotations: known?.annotations ?? [],
    });
    return this.#ask({ case: 'revoke', value: { grant } });
  }

  /** "Create account", with the fields of the declared schema. */
  createAccount(profile: Readonly<Record<string, string>>): string {
    const { newAccount } = this.offers();
    if (newAccount === null) throw new NotAsked(MANUAL);
    const left = newAccount.find(({ key, required }) => required === 'yes' && !profile[key]);
    if (left !== undefined) throw new NotAsked(`${left.name} is required.`);
    const address = profile['email'] ?? '';
    const filled: JsonObject = { ...profile };
    return this.#ask({
      case: 'createAccount',
      value: {
        accountInfo: { emails: [{ address, isPrimary: true }], login: address, profile: filled },
        credentialOptions: { options: { case: 'noPassword', value: {} } },
        resourceTypeId: 'user',
      },
    });
  }

  /** "Delete account". */
  deleteAccount(account: string): string {
    if (this.offers().deletesAccounts === 'no') throw new NotAsked(MANUAL);
    const resource = accountIn(this.#known(), account);
    if (resource?.id === undefined) throw new NotAsked(`There is no account ${account}.`);
    return this.#ask({ case: 'deleteResource', value: { resourceId: resource.id } });
  }

  #ask(taskType: MessageInitShape<typeof TaskSchema>['taskType']): string {
    const task = toBinary(TaskSchema, create(TaskSchema, taskType && { taskType }));
    return this.#sandbox.enqueue('encoded', Buffer.from(task).toString('base64'));
  }

  #known(): DecodedSync {
    const sync = this.#sandbox.access();
    if (sync === undefined) throw new NotAsked('C1 has no accounts yet: nothing was uploaded.');
    return sync;
  }

  #expectProvisioned({ resource }: Entitlement): void {
    if (!this.offers().provisions.has(resource?.id?.resourceType ?? '')) throw new NotAsked(MANUAL);
  }
}

export const MANUAL =
  'The connector doesn’t do this: it declared no such capability. C1 makes a manual task of it.';

/** The e-mail address that an account's user trait names first. */
export function emailOf({ annotations }: Resource): string {
  const any = find(annotations, UserTraitSchema.typeName);
  const emails = (any && anyUnpack(any, UserTraitSchema))?.emails ?? [];
  return (emails.find(({ isPrimary }) => isPrimary) ?? emails[0])?.address ?? '';
}

/** An account by its id or e-mail address. */
export function accountIn({ resources }: DecodedSync, account: string): Resource | undefined {
  const wanted = account.trim().toLowerCase();
  return resources.find(
    (resource) =>
      resource.id?.resourceType === 'user' &&
      (resource.id.resource === account || emailOf(resource).toLowerCase() === wanted),
  );
}

function entitlementIn({ entitlements, resources }: DecodedSync, wanted: string): Entitlement {
  const found = entitlements.find(({ id, displayName }) => [id, displayName].includes(wanted));
  if (found === undefined) throw new NotAsked(`There is no entitlement ${wanted}.`);
  const resource = resources.find(({ id }) => keyOf(id) === keyOf(found.resource?.id));
  return create(EntitlementSchema, { ...found, ...(resource && { resource }) });
}

/** A user of C1's who has no account in the app. */
function strangerWith(email: string): Resource {
  if (!email.includes('@')) throw new NotAsked(`There is no account ${email}.`);
  const address = email.trim();
  const trait = create(UserTraitSchema, { emails: [{ address, isPrimary: true }], login: address });
  return create(ResourceSchema, {
    id: { resourceType: 'user', resource: address },
    displayName: address,
    annotations: [anyPack(UserTraitSchema, trait)],
  });
}
