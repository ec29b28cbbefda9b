import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { anyUnpack, type Any } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import type { AccessModel, XeroOrganisation, XeroUser } from '../../../main/access/types.ts';
import { encode } from '../../../main/c1z/encode.ts';
import {
  entitlementMessage,
  grantMessage,
  resourceMessage,
  resourceTypes,
} from '../../../main/c1z/messages.ts';
import {
  EntitlementExclusionGroupSchema,
  ExternalLinkSchema,
  UserTraitSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  Entitlement_PurposeValue,
  EntitlementSchema,
} from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  ResourceSchema,
  ResourceTypeSchema,
  Status_ResourceStatus,
  type Resource,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { HARBOUR, harbour, model, organisation, user } from '../access/build.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex').toUpperCase();
const names = (annotations: readonly Any[]) =>
  annotations.map(({ typeUrl }) => typeUrl.split('.').at(-1));

const SKIP = hex(Buffer.from('type.googleapis.com/c1.connector.v2.SkipEntitlementsAndGrants'));
// c1z-and-model.md §2.9
const GOLDEN = {
  user: `0A04757365721204557365721A0101223F0A3D${SKIP}`,
  group: '0A0567726F7570120547726F75701A0102',
  role: '0A04726F6C651204526F6C651A0103',
  project: '0A0770726F6A656374120750726F6A656374',
  resource:
    '0A1A0A0770726F6A656374120F70726F6A6563742D303030303030301A0F50726F6A6563742030303030303030',
};

function messageOf(built: AccessModel, type: 'org' | 'role' | 'user'): Resource {
  const resource = built.resources.find((each) => each.type === type);
  if (resource === undefined) throw new Error(`There is no ${type}.`);
  return create(ResourceSchema, resourceMessage(resource));
}

const accountOf = (overrides: Partial<XeroUser> = {}) =>
  messageOf(model([harbour(user(overrides))]), 'user');
const organisationOf = (overrides: Partial<XeroOrganisation> = {}) =>
  messageOf(model([{ organisation: organisation(overrides), users: [] }]), 'org');

function traitOf(account: Resource) {
  const trait = account.annotations.map((any) => anyUnpack(any, UserTraitSchema)).find(Boolean);
  if (trait === undefined) throw new Error('There is no user trait.');
  return trait;
}

describe('the official SDK’s bytes', () => {
  it('of resource types are what our messages make of them', () => {
    for (const golden of [GOLDEN.user, GOLDEN.group, GOLDEN.role, GOLDEN.project]) {
      const message = fromBinary(ResourceTypeSchema, bytes(golden));
      expect(hex(toBinary(ResourceTypeSchema, message))).toBe(golden);
    }
  });

  it('of a role type are ours, and those of a user type but for the name', () => {
    const [, role, account] = resourceTypes().map((type) =>
      hex(toBinary(ResourceTypeSchema, type)),
    );
    expect(role).toBe(GOLDEN.role);
    expect(account).toBe(GOLDEN.user.replace('120455736572', `1207${hex(Buffer.from('Account'))}`));
  });

  it('of a resource are what our messages make of it', () => {
    const message = fromBinary(ResourceSchema, bytes(GOLDEN.resource));
    expect(message.id).toMatchObject({ resourceType: 'project', resource: 'project-0000000' });
    expect(hex(toBinary(ResourceSchema, message))).toBe(GOLDEN.resource);
  });
});

describe('an account', () => {
  it('has its profile and status on the trait and on the resource', () => {
    const account = accountOf();
    const trait = traitOf(account);
    expect(names(account.annotations)).toEqual(['UserTrait', 'RawId']);
    expect(account.profile).toMatchObject({ user_id: 'u-ana', roles: ['Standard'] });
    expect(trait.profile).toEqual(account.profile);
    expect(trait).toMatchObject({
      emails: [{ address: 'ana@harbour.example', isPrimary: true }],
      login: 'ana@harbour.example',
      accountType: 1,
      status: { status: 1 },
      structuredName: { givenName: 'Ana', familyName: 'Reyes' },
    });
    expect(account.status?.status).toBe(Status_ResourceStatus.ENABLED);
  });

  it('that was removed is disabled in both places', () => {
    const account = accountOf({ role: 'REMOVED' });
    expect(account.status?.status).toBe(Status_ResourceStatus.DISABLED);
    expect(traitOf(account).status?.status).toBe(2);
  });

  it('with nothing known still has a profile and a trait', () => {
    const nobody = accountOf({ firstName: null, lastName: null, email: null, updatedAt: null });
    const trait = traitOf(nobody);
    expect(trait.profile).toBeDefined();
    expect(trait.emails).toEqual([]);
    expect(trait.structuredName).toBeUndefined();
    expect(nobody.displayName).toBe('g-ana');
  });

  it('keeps an address that the validators refuse in profile and login only', () => {
    const account = accountOf({ email: 'ana at harbour' });
    expect(traitOf(account)).toMatchObject({ emails: [], login: 'ana at harbour' });
    expect(account.profile).toMatchObject({ email: 'ana at harbour' });
  });

  it('has a name of at most 1024 bytes', () => {
    const account = accountOf({ firstName: '陈'.repeat(600) });
    expect(Buffer.byteLength(account.displayName)).toBe(1023);
  });

  it('gives the same bytes whatever order its profile was made in', () => {
    const resource = model([harbour(user())]).resources.find(({ type }) => type === 'user');
    if (resource === undefined) throw new Error('There is no account.');
    const profile = Object.fromEntries(Object.entries(resource.profile).reverse());
    const turned = resourceMessage({ ...resource, profile });
    expect(encode(ResourceSchema, turned)).toEqual(
      encode(ResourceSchema, resourceMessage(resource)),
    );
  });
});

describe('an organisation', () => {
  it('has its roles as children, its id, and a link to its users', () => {
    const message = organisationOf();
    expect(names(message.annotations)).toEqual(['ChildResourceType', 'RawId', 'ExternalLink']);
    expect(message.annotations.map((any) => anyUnpack(any, ExternalLinkSchema)?.url)).toContain(
      'https://go.xero.com/organisationlogin/default.aspx?shortcode=!23eYt&redirecturl=%2FSettings%2FUsers',
    );
    expect(message.profile).toMatchObject({ name: 'Harbour Books', is_demo_company: false });
    expect(message.createdAt?.seconds).toBe(BigInt(Date.UTC(2019, 4, 7, 12) / 1000));
  });

  it('has no link that would be too long', () => {
    const message = organisationOf({ shortCode: 'x'.repeat(1024) });
    expect(names(message.annotations)).not.toContain('ExternalLink');
  });

  it('has a name and roles whose texts fit', () => {
    const built = model([{ organisation: organisation({ name: 'x'.repeat(3000) }), users: [] }]);
    const role = messageOf(built, 'role');
    expect(messageOf(built, 'org').displayName).toHaveLength(1024);
    expect(role.description).toHaveLength(2048);
    expect(role.parentResourceId).toMatchObject({ resourceType: 'org', resource: HARBOUR });
  });
});

describe('an entitlement', () => {
  const built = model([harbour(user({ subscriber: true }))]);
  const message = (id: string, exclusionGroups = true) => {
    const entitlement = built.entitlements.find((each) => each.id === id);
    if (entitlement === undefined) throw new Error('There is no such entitlement.');
    const { type } = entitlement.resource;
    const embedded = messageOf(built, type);
    return create(
      EntitlementSchema,
      entitlementMessage(entitlement, embedded, { exclusionGroups }),
    );
  };
  const STANDARD = `role:${HARBOUR}/standard:assigned`;

  it('of a role is in the exclusion group, without a default', () => {
    const [group] = message(STANDARD).annotations;
    expect(group && anyUnpack(group, EntitlementExclusionGroupSchema)).toMatchObject({
      exclusionGroupId: `xero-role:${HARBOUR}`,
      order: 50,
      isDefault: false,
      scopeToResource: false,
    });
  });

  it('goes without the group where the reader doesn’t know it', () => {
    expect(message(STANDARD, false).annotations).toEqual([]);
  });

  it('is granted to accounts, and embeds its resource', () => {
    const { grantableTo, resource, slug, purpose } = message(STANDARD);
    expect(grantableTo.map(({ id }) => id)).toEqual(['user']);
    expect(resource?.profile).toMatchObject({ organisation: 'Harbour Books' });
    expect([slug, purpose]).toEqual(['assigned', Entitlement_PurposeValue.ASSIGNMENT]);
  });

  it('of who pays is immutable ownership', () => {
    const subscriber = message(`org:${HARBOUR}:subscriber`);
    expect(names(subscriber.annotations)).toEqual(['EntitlementImmutable']);
    expect(subscriber.purpose).toBe(Entitlement_PurposeValue.OWNERSHIP);
  });

  it('is named in full by its grants, which are immutable as it is', () => {
    const grants = built.grants.map((grant) =>
      create(GrantSchema, grantMessage(grant, { type: 'org', id: HARBOUR })),
    );
    expect(grants.map(({ annotations }) => names(annotations))).toEqual([
      [],
      ['GrantImmutable'],
      [],
    ]);
    expect(grants[0]).toMatchObject({
      id: `org:${HARBOUR}:member:user:g-ana`,
      entitlement: {
        id: `org:${HARBOUR}:member`,
        resource: { id: { resourceType: 'org', resource: HARBOUR } },
      },
      principal: { id: { resourceType: 'user', resource: 'g-ana' } },
    });
  });
});
