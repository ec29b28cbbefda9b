import type { DescEnum } from '@bufbuild/protobuf';

/** A value as the protocol calls it, without its prefix; as a number where it's newer than what we know. */
export function enumName(schema: DescEnum, value: number): string {
  return schema.value[value]?.localName ?? String(value);
}
