import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { ConnectorMetadataSchema } from '../proto/gen/c1/connector/v2/connector_pb.ts';
import {
  BatonServiceHelloRequestSchema,
  type BatonServiceHelloRequest,
} from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { connectorCapabilities, type Declared } from './capabilities.ts';
import { accountCreationSchema } from './new-account.ts';

/** What is told of the machine and the program. Any of it may be empty; C1 gets no empty one. */
export interface HostFacts {
  /** Stable for one installation (product.md §6). */
  readonly hostId: string;
  readonly hostname: string;
  /** For example `linux`, `darwin`, `windows`. */
  readonly os: string;
  /** For example `debian`. */
  readonly platform: string;
  readonly platformVersion: string;
  readonly platformFamily: string;
  readonly kernelVersion: string;
  readonly kernelArch: string;
  readonly virtualizationSystem: string;
  /** For example `node v24.4.0`. */
  readonly langVersion: string;
  readonly packageName: string;
  readonly packageVersion: string;
}

const DISPLAY_NAME = 'Xero';
const DESCRIPTION =
  'Who has access to which Xero organisation, and in which role. Read by C1 Connector for Xero.';
const HELP_URL = 'https://www.conductorone.com/docs/baton/xero/';
const LONGEST = 256;

/**
 * The Hello that introduces this connector (c1-protocol.md §4.3, §4.15).
 * @param taskId empty at start-up, else the id of the hello task that this answers
 */
export function helloRequest(
  facts: HostFacts,
  declared: Declared,
  taskId: string,
): BatonServiceHelloRequest {
  return create(BatonServiceHelloRequestSchema, {
    hostId: hostIdOf(facts),
    taskId,
    buildInfo: {
      langVersion: filled(facts.langVersion, '0.0.0'),
      package: filled(facts.packageName, 'unknown'),
      packageVersion: filled(facts.packageVersion, '0.0.0'),
    },
    osInfo: osInfo(facts),
    connectorMetadata: metadata(declared),
  });
}

/** The host id as every request carries it: 1 to 256 characters (c1-protocol.md §3.4). */
export function hostIdOf(facts: HostFacts): string {
  return filled(facts.hostId, 'c1-xero');
}

/** The official client's substitutions: C1 is said to refuse a connector with empty ones (§4.3). */
function osInfo(facts: HostFacts) {
  const os = filled(facts.os, 'unknown');
  const platform = filled(facts.platform, os);
  const kernelVersion = filled(facts.kernelVersion, 'unknown');
  return {
    hostname: filled(facts.hostname, 'unknown'),
    os,
    platform,
    platformVersion: filled(facts.platformVersion, kernelVersion),
    platformFamily: filled(facts.platformFamily, platform),
    kernelVersion,
    kernelArch: filled(facts.kernelArch, 'unknown'),
    virtualizationSystem: filled(facts.virtualizationSystem, 'none'),
  };
}

function metadata(declared: Declared): MessageInitShape<typeof ConnectorMetadataSchema> {
  const { handlers, newAccount } = declared;
  const asks = handlers.createAccount === undefined ? undefined : newAccount;
  return {
    displayName: DISPLAY_NAME,
    description: DESCRIPTION,
    helpUrl: HELP_URL,
    capabilities: connectorCapabilities(declared),
    ...(asks && { accountCreationSchema: accountCreationSchema(asks) }),
  };
}

function filled(value: string, otherwise: string): string {
  const trimmed = value.trim();
  return trimmed === '' ? otherwise : trimmed.slice(0, LONGEST);
}
