import {
  create,
  fromJson,
  toBinary,
  type DescMessage,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { anyPack, AnySchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { encode, packAny } from '../../../main/c1z/encode.ts';
import { entitlementMessage, grantMessage, resourceMessage } from '../../../main/c1z/messages.ts';
import {
  EntitlementExclusionGroupSchema,
  UserTraitSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { ConnectorMetadataSchema } from '../../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { EntitlementSchema } from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  CredentialOptionsSchema,
  ResourceSchema,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { model, TOWN } from '../access/build.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function expectSame<Desc extends DescMessage>(schema: Desc, message: MessageInitShape<Desc>) {
  expect(hex(encode(schema, message))).toBe(hex(toBinary(schema, create(schema, message))));
}

describe('messages written fast', () => {
  it('are the library’s bytes for all that a town holds', () => {
    const { resources, entitlements, grants } = model(TOWN);
    for (const resource of resources) expectSame(ResourceSchema, resourceMessage(resource));
    for (const entitlement of entitlements) {
      const of = resources.find(({ id }) => id === entitlement.resource.id);
      const embedded = of === undefined ? create(ResourceSchema) : resourceMessage(of);
      const message = entitlementMessage(entitlement, embedded, { exclusionGroups: true });
      expectSame(EntitlementSchema, message);
    }
    for (const grant of grants) {
      expectSame(GrantSchema, grantMessage(grant, { type: 'org', id: 'o-1' }));
    }
  });

  it('are the library’s bytes for every kind of value in a profile', () => {
    const profile = {
      nothing: null,
      none: '',
      text: 'Zoë 漢字 🐑',
      '': 'no key',
      yes: true,
      no: false,
      zero: 0,
      number: -1.5e300,
      long: 'x'.repeat(127),
      longer: 'ü'.repeat(64),
      longest: '漢'.repeat(6000),
      huge: 'x'.repeat(300_000),
      broken: '\ud800',
      list: [],
      lists: ['a', ['b', null], { c: [1] }],
      object: {},
      objects: { d: { e: 'f' } },
    };
    expectSame(ResourceSchema, create(ResourceSchema, { profile }));
    expectSame(ResourceSchema, { profile });
    const createdAt = { seconds: -62135596800n, nanos: 999_999_999 };
    expectSame(UserTraitSchema, create(UserTraitSchema, { profile, createdAt }));
  });

  it('are the library’s bytes for what is empty, negative or large', () => {
    expectSame(GrantSchema, create(GrantSchema));
    expectSame(ResourceSchema, create(ResourceSchema, { id: {}, status: {} }));
    expectSame(
      EntitlementExclusionGroupSchema,
      create(EntitlementExclusionGroupSchema, { order: 4_294_967_295, isDefault: true }),
    );
  });

  it('are the library’s own where a kind has what isn’t written here', () => {
    const options = { options: { case: 'sso', value: { ssoProvider: 'x' } } } as const;
    expectSame(CredentialOptionsSchema, create(CredentialOptionsSchema, options));
    const sources = fromJson(GrantSchema, { sources: { sources: { a: { isDirect: true } } } });
    expectSame(GrantSchema, sources);
    expectSame(ConnectorMetadataSchema, create(ConnectorMetadataSchema, { displayName: 'Xero' }));
  });

  it('are packed as the library packs', () => {
    const trait = create(UserTraitSchema, { login: 'ana', loginAliases: ['a', ''] });
    const packed = create(AnySchema, packAny(UserTraitSchema, trait));
    expect(packed).toEqual(anyPack(UserTraitSchema, trait));
  });
});
