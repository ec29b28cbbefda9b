import {
  create,
  ScalarType,
  toBinary,
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { StructSchema } from '@bufbuild/protobuf/wkt';
import { WireType } from '@bufbuild/protobuf/wire';
import { WireWriter } from './wire-writer.ts';

/**
 * `toBinary` for many messages of few kinds, many times as fast: how a kind is written is worked out
 * once. The bytes are the library's, and what isn't known here is left to the library.
 * @param message what the library's `create` takes, which needn't be called
 */
export function encode<Desc extends DescMessage>(
  schema: Desc,
  message: MessageInitShape<Desc>,
): Uint8Array<ArrayBuffer> {
  const write = writerOf(schema);
  if (write === null) return toBinary(schema, create(schema, message));
  write(message, buffer);
  return buffer.finish();
}

/** What travels as an `Any`, as `create` takes it. */
export interface Packed {
  readonly typeUrl: string;
  readonly value: Uint8Array<ArrayBuffer>;
}

/** As the library's `anyPack`, by way of `encode`. */
export function packAny<Desc extends DescMessage>(
  schema: Desc,
  message: MessageInitShape<Desc>,
): Packed {
  return { typeUrl: `type.googleapis.com/${schema.typeName}`, value: encode(schema, message) };
}

/** One for all messages, as they are written one after the other. */
const buffer = new WireWriter();

type Write = (value: unknown, writer: WireWriter) => void;

/** Each kind's fields in order of their numbers; null for a kind with a field that isn't known here. */
const writers = new Map<DescMessage, Write | null>();

function writerOf(schema: DescMessage): Write | null {
  const known = writers.get(schema);
  if (known !== undefined) return known;
  const write = makeWriter(schema);
  writers.set(schema, write);
  return write;
}

function makeWriter(schema: DescMessage): Write | null {
  // The library keeps a struct as the JSON that it stands for.
  if (schema.typeName === StructSchema.typeName) {
    return (value, writer) => writeProfile(value as JsonObject, writer);
  }
  const fields = schema.fields.toSorted((a, b) => a.number - b.number).map(fieldWriter);
  if (fields.includes(null)) return null;
  const known = fields.filter((field) => field !== null);
  return (message, writer) => {
    for (const write of known) write(message, writer);
  };
}

function fieldWriter(field: DescField): Write | null {
  const { localName } = field;
  const write = valueWriter(field);
  if (write === null) return null;
  return (message, writer) => {
    const value: unknown = Reflect.get(message as object, localName);
    if (value !== undefined) write(value, writer);
  };
}

/** Writes a field's value with its tag, and nothing for the default that proto3 leaves out. */
function valueWriter(field: DescField): Write | null {
  if (field.oneof !== undefined) return null;
  switch (field.fieldKind) {
    case 'scalar':
      return scalarWriter(field.number, field.scalar);
    case 'enum':
      return scalarWriter(field.number, ScalarType.INT32);
    case 'message':
      return messageWriter(field.number, field.message);
    case 'list':
      return listWriter(field);
    case 'map':
      return null;
  }
}

function scalarWriter(number: number, type: ScalarType): Write | null {
  switch (type) {
    case ScalarType.STRING:
      return (value, writer) => {
        if (value !== '') writer.tag(number, WireType.LengthDelimited).string(value as string);
      };
    case ScalarType.BYTES:
      return (value, writer) => {
        const bytes = value as Uint8Array;
        if (bytes.length > 0) writer.tag(number, WireType.LengthDelimited).bytes(bytes);
      };
    case ScalarType.BOOL:
      return (value, writer) => {
        if (value === true) writer.tag(number, WireType.Varint).bool(true);
      };
    case ScalarType.UINT32:
      return (value, writer) => {
        if (value !== 0) writer.tag(number, WireType.Varint).uint32(value as number);
      };
    case ScalarType.INT32:
      return (value, writer) => {
        if (value !== 0) writer.tag(number, WireType.Varint).int32(value as number);
      };
    case ScalarType.INT64:
      return (value, writer) => {
        if (value !== 0n) writer.tag(number, WireType.Varint).int64(value as bigint);
      };
    default:
      return null;
  }
}

function messageWriter(number: number, schema: DescMessage): Write {
  return (value, writer) => {
    const write = writerOf(schema);
    writer.tag(number, WireType.LengthDelimited);
    if (write === null) {
      writer.bytes(toBinary(schema, create(schema, value as MessageInitShape<DescMessage>)));
      return;
    }
    const start = writer.open();
    write(value, writer);
    writer.close(start);
  };
}

function listWriter(field: DescField & { fieldKind: 'list' }): Write | null {
  const { number } = field;
  if (field.listKind === 'message') return ofEach(messageWriter(number, field.message));
  if (field.listKind === 'enum') return packedEnums(number);
  if (field.scalar !== ScalarType.STRING) return null;
  return ofEach((value, writer) => {
    writer.tag(number, WireType.LengthDelimited).string(value as string);
  });
}

function ofEach(write: Write): Write {
  return (values, writer) => {
    for (const value of values as readonly unknown[]) write(value, writer);
  };
}

function packedEnums(number: number): Write {
  return (values, writer) => {
    const enums = values as readonly number[];
    if (enums.length === 0) return;
    const start = writer.tag(number, WireType.LengthDelimited).open();
    for (const value of enums) writer.int32(value);
    writer.close(start);
  };
}

/** The last struct and its bytes: a profile stands in a resource and in its trait, and is the most of both. */
let last: { readonly fields: JsonObject; readonly bytes: Uint8Array } | null = null;

function writeProfile(fields: JsonObject, writer: WireWriter): void {
  if (last?.fields === fields) {
    writer.append(last.bytes);
    return;
  }
  const start = writer.length;
  writeStruct(fields, writer);
  last = { fields, bytes: writer.since(start) };
}

/** Field numbers of google.protobuf.Struct, Value and ListValue: c1z-and-model.md §3.0. */
function writeStruct(fields: JsonObject, writer: WireWriter): void {
  for (const [key, value] of Object.entries(fields)) {
    const entry = writer.tag(1, WireType.LengthDelimited).open();
    writer.tag(1, WireType.LengthDelimited).string(key);
    const start = writer.tag(2, WireType.LengthDelimited).open();
    writeValue(value, writer);
    writer.close(start).close(entry);
  }
}

function writeValue(value: JsonValue, writer: WireWriter): void {
  if (value === null) writer.tag(1, WireType.Varint).int32(0);
  else if (typeof value === 'number') writer.tag(2, WireType.Bit64).double(value);
  else if (typeof value === 'string') writer.tag(3, WireType.LengthDelimited).string(value);
  else if (typeof value === 'boolean') writer.tag(4, WireType.Varint).bool(value);
  else if (Array.isArray(value)) writeList(value, writer);
  else {
    const start = writer.tag(5, WireType.LengthDelimited).open();
    writeStruct(value, writer);
    writer.close(start);
  }
}

function writeList(values: readonly JsonValue[], writer: WireWriter): void {
  const list = writer.tag(6, WireType.LengthDelimited).open();
  for (const value of values) {
    const start = writer.tag(1, WireType.LengthDelimited).open();
    writeValue(value, writer);
    writer.close(start);
  }
  writer.close(list);
}
