import type { JsonObject } from '@bufbuild/protobuf';

/** What a `.c1z` holds, whoever wrote it, as plain data that can be cloned between processes. */

export type FileSummary =
  | {
      readonly version: 1;
      readonly sync: FileSync;
      /** How many syncs the file holds; all else here is of the one above. */
      readonly syncs: number;
      readonly counts: FileCounts;
    }
  | {
      /** Known by what stands at its start alone. */
      readonly version: 3;
      /** What its rows are kept in, for example `pebble3`. */
      readonly engine: string;
      readonly sync: FileSync | null;
      /** Null where the file doesn't say. */
      readonly counts: FileCounts | null;
    };

export interface FileSync {
  readonly id: string;
  /** `full`, `partial`, `resources_only` and so on (c1z-and-model.md §2.7). */
  readonly type: string;
  /** `YYYY-MM-DD HH:MM:SS[.fraction]`: by us in UTC, by the SDK in version 1 in local time (§2.4). */
  readonly startedAt: string;
  /** Null while the sync isn't finished. */
  readonly endedAt: string | null;
}

export interface FileCounts {
  readonly resourceTypes: number;
  readonly resources: number;
  readonly entitlements: number;
  readonly grants: number;
  readonly assets: number;
  /** In byte order of the ids. */
  readonly byType: readonly TypeCounts[];
}

export interface TypeCounts {
  readonly id: string;
  /** Null where the file has no such type, or doesn't say. */
  readonly displayName: string | null;
  readonly resources: number;
  /** Those of the type's resources. */
  readonly entitlements: number;
  /** Those of the type's entitlements. */
  readonly grants: number;
}

/** The rows of one sync, or some of them, in the order of the file. */
export interface FileRows {
  readonly resourceTypes: readonly FileResourceType[];
  readonly resources: readonly FileResource[];
  readonly entitlements: readonly FileEntitlement[];
  readonly grants: readonly FileGrant[];
}

export interface FileRef {
  readonly type: string;
  readonly id: string;
}

export interface FileResourceType {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** As the protocol calls them, for example `USER`. */
  readonly traits: readonly string[];
}

export interface FileResource extends FileRef {
  readonly parent: FileRef | null;
  readonly displayName: string;
  readonly description: string;
  readonly profile: JsonObject;
  /** As the protocol calls it, for example `ENABLED`; null where none is given. */
  readonly status: string | null;
  /** Null for what is no account. */
  readonly account: FileAccount | null;
  readonly rawId: string | null;
  readonly link: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  readonly childTypes: readonly string[];
}

export interface FileAccount {
  /** The primary e-mail address, or the first. */
  readonly email: string | null;
  readonly login: string;
  readonly givenName: string;
  readonly familyName: string;
}

export interface FileEntitlement {
  readonly id: string;
  readonly resource: FileRef;
  readonly displayName: string;
  readonly description: string;
  readonly slug: string;
  /** As the protocol calls it, for example `ASSIGNMENT`; null where none is given. */
  readonly purpose: string | null;
  /** Ids of the types of resources that it can be granted to. */
  readonly grantableTo: readonly string[];
  /** C1 can't change it. */
  readonly immutable: boolean;
  readonly exclusionGroup: { readonly id: string; readonly order: number } | null;
}

export interface FileGrant {
  readonly id: string;
  readonly entitlementId: string;
  /** What the entitlement is of. */
  readonly resource: FileRef;
  readonly principal: FileRef;
  /** C1 can't revoke it. */
  readonly immutable: boolean;
  /** Ids of the entitlements that it comes from, where it comes from others. */
  readonly sources: readonly string[];
  /** Ids of the entitlements whose holders get it as well. */
  readonly expandsTo: readonly string[];
}
