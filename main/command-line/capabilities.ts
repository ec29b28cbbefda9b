import { createRegistry, toJson, type JsonValue } from '@bufbuild/protobuf';
import { anyPack, AnySchema } from '@bufbuild/protobuf/wkt';
import { connectorCapabilities, type Declared } from '../c1/capabilities.ts';
import { file_c1_connector_v2_annotation } from '../proto/gen/c1/connector/v2/annotation_pb.ts';
import { file_c1_connector_v2_connector } from '../proto/gen/c1/connector/v2/connector_pb.ts';

/** Whose messages stand in an `Any` here, and must be known to be printed. */
const REGISTRY = createRegistry(file_c1_connector_v2_connector, file_c1_connector_v2_annotation);

/** What a Hello tells of our abilities, as the official command prints it: an `Any`, its type first (c1-protocol.md §4.15). */
export function capabilitiesJson(declared: Declared): JsonValue {
  const capabilities = connectorCapabilities(declared);
  const schema = REGISTRY.getMessage('c1.connector.v2.ConnectorCapabilities');
  if (schema === undefined) throw new Error('the capabilities’ own message isn’t registered');
  return typeFirst(toJson(AnySchema, anyPack(schema, capabilities), { registry: REGISTRY }));
}

/** Our JSON has an `Any`'s type last, the official one first. */
function typeFirst(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map(typeFirst);
  if (json === null || typeof json !== 'object') return json;
  const fields = Object.entries(json).map(([name, value]) => [name, typeFirst(value)] as const);
  const rank = ([name]: readonly [string, JsonValue]): number => (name === '@type' ? 0 : 1);
  return Object.fromEntries(fields.sort((one, other) => rank(one) - rank(other)));
}
