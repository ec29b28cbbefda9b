import { create } from '@bufbuild/protobuf';
import {
  CapabilityDetailCredentialOption,
  ConnectorAccountCreationSchemaSchema,
  CredentialDetailsSchema,
  type ConnectorAccountCreationSchema,
  type CredentialDetails,
} from '../proto/gen/c1/connector/v2/connector_pb.ts';

/** Something that C1's admins say of an account to be made; the key is that in `AccountInfo.profile`. */
export interface NewAccountField {
  readonly key: string;
  readonly name: string;
  readonly says: string;
}

/** What C1 asks its admins for, in the given order; every field is a text and required (c1-protocol.md §5). */
export function accountCreationSchema(
  fields: readonly NewAccountField[],
): ConnectorAccountCreationSchema {
  const described = fields.map(({ key, name, says }, place) => {
    const field = {
      displayName: name,
      required: true,
      description: says,
      order: place + 1,
      field: { case: 'stringField', value: {} },
    } as const;
    return [key, field] as const;
  });
  // In the order of their keys, as Go writes a map: the same Hello is the same bytes.
  const sorted = described.sort(([one], [other]) => (one < other ? -1 : 1));
  return create(ConnectorAccountCreationSchemaSchema, { fieldMap: Object.fromEntries(sorted) });
}

/** The accounts that are made have no password of ours: people sign in to Xero with their own. */
export function withoutPassword(): CredentialDetails {
  const { NO_PASSWORD } = CapabilityDetailCredentialOption;
  return create(CredentialDetailsSchema, {
    capabilityAccountProvisioning: {
      supportedCredentialOptions: [NO_PASSWORD],
      preferredCredentialOption: NO_PASSWORD,
    },
  });
}
