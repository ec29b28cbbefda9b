import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { anyPack, type Any } from '@bufbuild/protobuf/wkt';
import {
  Capability,
  CapabilityDetailCredentialOption as Option,
  ConnectorMetadataSchema,
} from '../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { GrantManagerServiceGrantResponseSchema } from '../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import type {
  BatonServiceHelloRequest,
  Task,
} from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { hello } from '../sandbox/c1/bench.ts';

/** What the official file holds once it is finished (sample-file.ts). */
export const USER = 'user-0000000@example.com';
export const ENTITLEMENT = 'role:role-0000000:assigned';
export const GRANT = `${ENTITLEMENT}:user:user-0000000`;

export function pack<S extends DescMessage>(schema: S, value: MessageInitShape<S>): Any {
  return anyPack(schema, create(schema, value));
}

/** The success of a grant, as an official connector words it. */
export function grantAnswer({ taskType }: Task, annotations: readonly Any[] = []) {
  if (taskType.case !== 'grant') throw new Error('C1 asks for something else');
  const { entitlement, principal } = taskType.value;
  const grants = [
    { id: GRANT, ...(entitlement && { entitlement }), ...(principal && { principal }) },
  ];
  const all = [...annotations];
  return {
    annotations: all,
    response: pack(GrantManagerServiceGrantResponseSchema, { grants, annotations: all }),
  };
}

/** A Hello that declares requests of every kind, after the change. */
export function declaring(
  change: (hello: BatonServiceHelloRequest) => unknown = () => undefined,
): BatonServiceHelloRequest {
  return hello((message) => {
    message.connectorMetadata = create(ConnectorMetadataSchema, {
      displayName: 'Xero',
      accountCreationSchema: {
        fieldMap: {
          role: { displayName: 'Role', required: true, order: 2, field: TEXT },
          email: { displayName: 'E-mail', required: true, order: 1, field: TEXT },
        },
      },
      capabilities: {
        resourceTypeCapabilities: [
          {
            resourceType: { id: 'role' },
            capabilities: [Capability.PROVISION, Capability.SYNC],
          },
          {
            resourceType: { id: 'user' },
            capabilities: [
              Capability.SYNC,
              Capability.ACCOUNT_PROVISIONING,
              Capability.RESOURCE_DELETE,
            ],
          },
        ],
        connectorCapabilities: [
          Capability.PROVISION,
          Capability.SYNC,
          Capability.ACCOUNT_PROVISIONING,
          Capability.RESOURCE_DELETE,
        ],
        credentialDetails: {
          capabilityAccountProvisioning: {
            supportedCredentialOptions: [Option.NO_PASSWORD],
            preferredCredentialOption: Option.NO_PASSWORD,
          },
        },
      },
    });
    change(message);
  });
}

const TEXT = { case: 'stringField', value: {} } as const;
