import { create } from '@bufbuild/protobuf';
import {
  Capability,
  CapabilityDetailCredentialOption as Option,
  ConnectorMetadataSchema,
} from '../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import type { BatonServiceHelloRequest } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { hello } from '../sandbox/c1/bench.ts';

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
