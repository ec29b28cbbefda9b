import { join } from 'node:path';
import { buildAccessModel } from '../../main/access/model.ts';
import type { AccessModel, OrganisationAccess, ResourceTypeId } from '../../main/access/types.ts';
import { ksuid } from '../../main/c1z/ksuid.ts';
import { resourceTypes } from '../../main/c1z/messages.ts';
import { writeC1z } from '../../main/c1z/writer.ts';
import { systemRandom } from '../../main/clock.ts';
import { World, type SandboxOrganisation, type SandboxUser } from '../sandbox/world.ts';

/** What a file was meant to hold: ids by kind. */
interface Intended {
  readonly resourceTypes: readonly string[];
  readonly resources: Readonly<Record<ResourceTypeId, readonly string[]>>;
  readonly entitlements: readonly string[];
  readonly grants: readonly string[];
}

/** Who gets another role in `changed.c1z`, and where. */
const CHANGED = { organisation: 'Kauri & Co Limited', person: 'Zoë Brontë-Sørensen', role: 'READONLY' };
const FIRST_SYNC = Date.UTC(2026, 10, 23, 8, 0, 0, 120);
const MINUTE = 60_000;

/**
 * Writes syncs of the sandbox's people: `sync.c1z`; `again.c1z`, which Xero answered in another
 * order; `changed.c1z`, where a person has another role. Each also without exclusion groups, which
 * the stand-alone CLI doesn't know (product.md §2).
 * @returns what each file was meant to hold, by name
 */
export async function produceFiles(folder: string): Promise<Record<string, Intended>> {
  const world = new World({ now: () => FIRST_SYNC });
  const intended: Record<string, Intended> = {};
  const write = async (name: string, startedAt: number, exclusionGroups = true): Promise<void> => {
    const model = modelOf(world);
    const written = await writeC1z({
      model,
      path: join(folder, name),
      syncId: ksuid(startedAt, systemRandom.bytes(16)),
      startedAt,
      endedAt: startedAt + 1500,
      exclusionGroups,
    });
    if (!written.ok) throw new Error(written.failure.message);
    intended[name] = intentionOf(model);
  };

  await write('sync.c1z', FIRST_SYNC);
  await write('without-groups.c1z', FIRST_SYNC, false);
  world.reverseOrder();
  await write('again.c1z', FIRST_SYNC + MINUTE);
  await write('again-without-groups.c1z', FIRST_SYNC + MINUTE, false);
  world.changeRole(CHANGED.organisation, CHANGED.person, CHANGED.role);
  await write('changed.c1z', FIRST_SYNC + 2 * MINUTE);
  await write('changed-without-groups.c1z', FIRST_SYNC + 2 * MINUTE, false);
  return intended;
}

/** What C1 gets to see of the sandbox's people. */
export function modelOf({ organisations }: World): AccessModel {
  return buildAccessModel({
    organisations: organisations.map(readAsXero),
    options: { accountId: 'global', legacyOrganisationId: null },
  });
}

function readAsXero(organisation: SandboxOrganisation): OrganisationAccess {
  return {
    organisation: {
      id: organisation.id,
      name: organisation.name,
      legalName: organisation.legalName ?? null,
      countryCode: organisation.countryCode,
      baseCurrency: organisation.baseCurrency,
      organisationType: organisation.organisationType,
      version: organisation.version,
      class: organisation.class,
      edition: organisation.edition,
      shortCode: organisation.shortCode,
      demo: organisation.demo,
      status: 'ACTIVE',
      createdAt: organisation.createdAt,
    },
    users: organisation.users.map(readUser),
  };
}

function readUser(user: SandboxUser): OrganisationAccess['users'][number] {
  return {
    userId: user.userId,
    globalUserId: user.showsGlobalId ? user.personId : null,
    email: user.email ?? null,
    firstName: user.firstName ?? null,
    lastName: user.lastName ?? null,
    updatedAt: user.updatedAt,
    subscriber: user.subscriber,
    role: user.role,
  };
}

function intentionOf(model: AccessModel): Intended {
  const idsOf = (wanted: ResourceTypeId) =>
    model.resources.filter(({ type }) => type === wanted).map(({ id }) => id);
  return {
    resourceTypes: resourceTypes().map(({ id }) => id),
    resources: { org: idsOf('org'), role: idsOf('role'), user: idsOf('user') },
    entitlements: model.entitlements.map(({ id }) => id),
    grants: model.grants.map(({ id }) => id),
  };
}
