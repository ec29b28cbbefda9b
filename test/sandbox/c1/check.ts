import {
  createRegistry,
  isMessage,
  type DescMessage,
  type Message,
  type Registry,
} from '@bufbuild/protobuf';
import { isReflectMessage, reflect, type ReflectMessage } from '@bufbuild/protobuf/reflect';
import { anyUnpack, AnySchema } from '@bufbuild/protobuf/wkt';
import { file_c1_connector_v2_annotation } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { file_c1_connector_v2_connector } from '../../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { file_c1_connector_v2_entitlement } from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { file_c1_connector_v2_grant } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import { file_c1_connector_v2_resource } from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { file_google_rpc_status } from '../../../main/proto/gen/google/rpc/status_pb.ts';
import { RULES } from './rules.ts';

/** The messages that may stand in an `Any`; others are carried through unread (c1-protocol.md §3.3). */
export const KNOWN: Registry = createRegistry(
  file_c1_connector_v2_annotation,
  file_c1_connector_v2_connector,
  file_c1_connector_v2_entitlement,
  file_c1_connector_v2_grant,
  file_c1_connector_v2_resource,
  file_google_rpc_status,
);

/** Every broken rule in the message and all that it holds: `connector_metadata.display_name must have …`. */
export function problemsOf(schema: DescMessage, message: Message): string[] {
  return problemsIn(reflect(schema, message), '');
}

function problemsIn(message: ReflectMessage, path: string): string[] {
  const rules = RULES[message.desc.typeName] ?? {};
  const problems: string[] = [];
  const judge = (name: string, value: unknown) => {
    const problem = rules[name]?.(value) ?? null;
    if (problem !== null) problems.push(`${path}${name} ${problem}`);
  };
  for (const oneof of message.oneofs) judge(oneof.name, message.oneofCase(oneof)?.name);
  for (const field of message.fields) {
    const name = field.name;
    if (field.fieldKind === 'list') {
      const list = [...message.get(field)];
      judge(name, list);
      list.forEach((item, index) => problems.push(...nested(item, `${path}${name}[${index}].`)));
    } else if (field.fieldKind === 'message') {
      const value = message.isSet(field) ? message.get(field) : undefined;
      judge(name, value);
      problems.push(...nested(value, `${path}${name}.`));
    } else if (field.oneof === undefined || message.isSet(field)) {
      judge(name, message.get(field));
    }
  }
  return problems;
}

function nested(value: unknown, path: string): string[] {
  if (!isReflectMessage(value)) return [];
  const { typeName } = value.desc;
  if (typeName === AnySchema.typeName) return [...problemsIn(value, path), ...inside(value, path)];
  // A profile is free-form: the well-known types carry no rules.
  return typeName.startsWith('google.protobuf.') ? [] : problemsIn(value, path);
}

function inside(reflected: ReflectMessage, path: string): string[] {
  const any = reflected.message;
  if (!isMessage(any, AnySchema)) return [];
  try {
    const content = anyUnpack(any, KNOWN);
    const schema = content && KNOWN.getMessage(content.$typeName);
    return schema ? problemsIn(reflect(schema, content), path) : [];
  } catch {
    return [`${path}value isn't the ${any.typeUrl} it says it is`];
  }
}
