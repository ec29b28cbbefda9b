/**
 * The validation rules of the official messages, one line a field. They are the
 * rules of c1-protocol.md §3.4, §5 and Appendix A, in the names of the .proto files.
 */

/** What is wrong with a field's value, or null. Lists come as arrays, an absent message as undefined. */
export type Rule = (value: unknown) => string | null;

const say = (good: boolean, problem: string) => (good ? null : problem);
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const required: Rule = (value) => say(value !== undefined, 'is required');
const characters =
  (min: number, max: number): Rule =>
  (value) => {
    const { length } = Array.from(textOf(value));
    return say(length >= min && length <= max, `must have ${min} to ${max} characters`);
  };
const bytes =
  (min: number, max: number): Rule =>
  (value) => {
    const { byteLength } = value instanceof Uint8Array ? value : Buffer.from(textOf(value));
    return say(byteLength >= min && byteLength <= max, `must have ${min} to ${max} bytes`);
  };
const pattern =
  (shape: RegExp): Rule =>
  (value) =>
    say(shape.test(textOf(value)), `must match ${shape.source}`);
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === '' ? null : rule(value);
const all =
  (...rules: Rule[]): Rule =>
  (value) =>
    rules.map((rule) => rule(value)).find((problem) => problem !== null) ?? null;
const each =
  (rule: Rule): Rule =>
  (value) =>
    all(...listOf(value).map((item) => () => rule(item)))(value);
const items =
  (max: number): Rule =>
  (value) =>
    say(listOf(value).length <= max, `must have at most ${max} items`);
const atLeast =
  (min: number): Rule =>
  (value) =>
    say(Buffer.byteLength(textOf(value)) >= min, `must have at least ${min} bytes`);
const unique: Rule = (value) =>
  say(new Set(listOf(value)).size === listOf(value).length, 'must not repeat an item');
const within =
  (min: number, max: number): Rule =>
  (value) =>
    say(typeof value === 'number' && value >= min && value <= max, `must be ${min} to ${max}`);
const secureAddress: Rule = (value) =>
  say(
    textOf(value).startsWith('https://') && URL.canParse(textOf(value)),
    'must be an https:// address',
  );
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const ATOM = '[^\\s@()<>[\\]:;,.\\\\"]+';
const EMAIL = new RegExp(`^(?=.{1,64}@)${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})*$`);
const email: Rule = (value) =>
  say(EMAIL.test(textOf(value)) && textOf(value).length <= 254, 'must be an e-mail address');

const hostId = characters(1, 256);
const taskId = pattern(/^[a-zA-Z0-9]{27}$/);
const annotations = items(16);
/** c1-protocol.md §4.3: C1 refuses a Hello in which one of these is empty, whatever the .proto says. */
const filled = characters(1, 256);
const id = bytes(1, 1024);
const displayName = optional(bytes(1, 1024));

export const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  'c1.connectorapi.baton.v1.BatonServiceHelloRequest': {
    host_id: hostId,
    // The official pattern accepts anything by mistake; this is what it means.
    task_id: optional(taskId),
    build_info: required,
    os_info: required,
    connector_metadata: required,
    annotations,
  },
  'c1.connectorapi.baton.v1.BatonServiceHelloRequest.BuildInfo': {
    lang_version: filled,
    package: filled,
    package_version: filled,
  },
  'c1.connectorapi.baton.v1.BatonServiceHelloRequest.OSInfo': {
    hostname: filled,
    os: filled,
    platform: filled,
    platform_version: filled,
    platform_family: filled,
    kernel_version: filled,
    kernel_arch: filled,
    virtualization_system: filled,
  },
  'c1.connectorapi.baton.v1.BatonServiceGetTaskRequest': { host_id: hostId },
  'c1.connectorapi.baton.v1.BatonServiceGetTasksRequest': {
    host_id: hostId,
    page_size: within(1, 100),
    known_task_ids: each(taskId),
    annotations,
  },
  'c1.connectorapi.baton.v1.BatonServiceHeartbeatRequest': {
    host_id: hostId,
    task_id: taskId,
    annotations,
    task_ids: all(items(100), each(taskId)),
  },
  'c1.connectorapi.baton.v1.BatonServiceUploadAssetRequest': { msg: required },
  'c1.connectorapi.baton.v1.BatonServiceUploadAssetRequest.UploadMetadata': {
    host_id: hostId,
    task_id: taskId,
    annotations,
  },
  'c1.connectorapi.baton.v1.BatonServiceUploadAssetRequest.UploadData': {
    data: bytes(1, 1_048_576),
  },
  'c1.connectorapi.baton.v1.BatonServiceUploadAssetRequest.UploadEOF': {
    sha256_checksum: bytes(32, 32),
    annotations,
  },
  'c1.connectorapi.baton.v1.BatonServiceFinishTaskRequest': {
    host_id: hostId,
    task_id: taskId,
    final_state: required,
  },
  'c1.connectorapi.baton.v1.BatonServiceFinishTaskRequest.Error': { annotations },
  'c1.connectorapi.baton.v1.BatonServiceFinishTaskRequest.Success': { annotations },

  'c1.connector.v2.ConnectorMetadata': {
    display_name: bytes(1, 1024),
    help_url: optional(all(bytes(1, 1024), secureAddress)),
    description: optional(bytes(1, 4096)),
  },
  'c1.connector.v2.ResourceType': {
    id,
    display_name: displayName,
    traits: all(unique, each(within(0, 12))),
    description: optional(bytes(1, 4096)),
  },
  'c1.connector.v2.ResourceId': { resource_type: id, resource: id },
  'c1.connector.v2.Resource': {
    display_name: displayName,
    description: optional(bytes(1, 2048)),
  },
  'c1.connector.v2.Status': { status: within(0, 3), details: optional(bytes(1, 1024)) },
  'c1.connector.v2.Entitlement': {
    resource: required,
    id,
    display_name: displayName,
    description: optional(bytes(1, 2048)),
    purpose: within(0, 3),
  },
  'c1.connector.v2.Grant': { entitlement: required, principal: required, id },
  'c1.connector.v2.GrantReplaced': { replaced_grant_id: atLeast(1) },
  'c1.connector.v2.UserTrait': { account_type: within(0, 3) },
  'c1.connector.v2.UserTrait.Email': { address: email },
  'c1.connector.v2.UserTrait.Status': { status: within(0, 3), details: optional(bytes(1, 1024)) },
  'c1.connector.v2.ExternalLink': { url: optional(all(bytes(1, 1024), secureAddress)) },

  // Matching is by the name after the last slash, but everybody packs with this prefix (c1-protocol.md §3.3).
  'google.protobuf.Any': { type_url: pattern(/^type\.googleapis\.com\/[a-zA-Z0-9_.]+$/) },
};
