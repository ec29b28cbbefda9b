import {
  Capability,
  CapabilityDetailCredentialOption as Option,
  type ConnectorMetadata,
} from '../../../main/proto/gen/c1/connector/v2/connector_pb.ts';

/** What a Hello says that the connector does beyond syncing, where C1 would believe it. */
export interface Declaration {
  /** The types of resource whose entitlements it grants and revokes. */
  readonly provisions: ReadonlySet<string>;
  /** The fields of a new account, in their order; null when it makes none. */
  readonly newAccount: readonly NewAccountField[] | null;
  readonly deletesAccounts: 'yes' | 'no';
}

export interface NewAccountField {
  /** Of `AccountInfo.profile`. */
  readonly key: string;
  readonly name: string;
  readonly says: string;
  readonly required: 'yes' | 'no';
}

/** Reads a Hello's metadata (c1-protocol.md §4.15, §5). */
export function declarationOf(metadata: ConnectorMetadata | undefined): Declaration {
  const types = metadata?.capabilities?.resourceTypeCapabilities ?? [];
  const typesWith = (capability: Capability) =>
    types.flatMap(({ resourceType, capabilities }) =>
      resourceType !== undefined && capabilities.includes(capability) ? [resourceType.id] : [],
    );
  const creates = typesWith(Capability.ACCOUNT_PROVISIONING).includes('user');
  return {
    provisions: new Set(typesWith(Capability.PROVISION)),
    newAccount: creates ? fieldsOf(metadata) : null,
    deletesAccounts: typesWith(Capability.RESOURCE_DELETE).includes('user') ? 'yes' : 'no',
  };
}

/** Where a Hello contradicts itself, so that C1 would offer what it can't have done; empty when it doesn't. */
export function declarationProblems(metadata: ConnectorMetadata | undefined): string[] {
  const { capabilities, accountCreationSchema } = metadata ?? {};
  const types = capabilities?.resourceTypeCapabilities ?? [];
  const all = capabilities?.connectorCapabilities ?? [];
  const each = new Set(types.flatMap((type) => type.capabilities));
  const missing = all.length === 0 ? [] : [...each].filter((one) => !all.includes(one));
  return [
    ...missing.map((one) => `connector_capabilities lacks ${Capability[one]}`),
    ...(isSortedOnce(all) ? [] : ['connector_capabilities must be sorted, each once']),
    ...(each.has(Capability.ACCOUNT_PROVISIONING) ? accountProblems(metadata) : []),
    ...Object.entries(accountCreationSchema?.fieldMap ?? {}).flatMap(([key, field]) => [
      ...(field.displayName === '' ? [`the field ${key} has no display_name`] : []),
      ...(field.field.case === undefined ? [`the field ${key} has no type`] : []),
    ]),
  ];
}

/** Accounts need a way to have no password or one (c1-protocol.md §4.15); fields they may do without. */
function accountProblems(metadata: ConnectorMetadata | undefined): string[] {
  const details = metadata?.capabilities?.credentialDetails?.capabilityAccountProvisioning;
  const { supportedCredentialOptions: supported = [], preferredCredentialOption: preferred } =
    details ?? {};
  return [
    ...(preferred !== undefined && preferred !== Option.UNSPECIFIED && supported.includes(preferred)
      ? []
      : ['the preferred credential option must be set and be supported']),
  ];
}

function fieldsOf(metadata: ConnectorMetadata | undefined): NewAccountField[] {
  return Object.entries(metadata?.accountCreationSchema?.fieldMap ?? {})
    .toSorted(([, one], [, other]) => one.order - other.order)
    .map(([key, { displayName, description, required }]) => ({
      key,
      name: displayName,
      says: description,
      required: required ? 'yes' : 'no',
    }));
}

function isSortedOnce(numbers: readonly number[]): boolean {
  return numbers.every((one, index) => index === 0 || one > (numbers[index - 1] ?? 0));
}
