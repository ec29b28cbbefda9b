import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { UserTraitSchema } from '../proto/gen/c1/connector/v2/annotation_pb.ts';
import type { Resource } from '../proto/gen/c1/connector/v2/resource_pb.ts';

/** Whom a task is about, as far as C1 says so: of what isn't the id, any part may be left out. */
export interface Principal {
  readonly accountId: string;
  readonly name: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
}

/** Reads who a principal is, from its id and what its user trait says (c1z-and-model.md §3.3). */
export function principalOf({ id, displayName, annotations }: Resource): Principal {
  const trait = annotations
    .map((annotation) => unpacked(annotation))
    .find((unpackedTrait) => unpackedTrait !== undefined);
  const emails = trait?.emails ?? [];
  const email = (emails.find(({ isPrimary }) => isPrimary) ?? emails[0])?.address ?? trait?.login;
  return {
    accountId: id?.resource ?? '',
    name: filled(displayName),
    givenName: filled(trait?.structuredName?.givenName),
    familyName: filled(trait?.structuredName?.familyName),
    email: isAddress(email) ? email.trim() : null,
  };
}

/** A trait that can't be read says nothing. */
function unpacked(annotation: Resource['annotations'][number]) {
  try {
    return anyUnpack(annotation, UserTraitSchema);
  } catch {
    return undefined;
  }
}

/** Something that a letter could be sent to: one `@` with something on both sides. */
export function isAddress(text: string | undefined): text is string {
  return text !== undefined && /^[^\s@]+@[^\s@]+$/.test(text.trim());
}

function filled(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
