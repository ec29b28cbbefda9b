/** Access as a file holds it, whoever wrote the file: what a comparison needs of it. */
export interface ComparedAccess {
  readonly resources: readonly ComparedResource[];
  readonly entitlements: readonly ComparedEntitlement[];
  readonly grants: readonly ComparedGrant[];
}

export interface ComparedRef {
  readonly type: string;
  readonly id: string;
}

export interface ComparedResource extends ComparedRef {
  readonly parent: ComparedRef | null;
  readonly displayName: string;
  readonly profile: Readonly<Record<string, unknown>>;
  /** For example `ENABLED`; null where none is given. */
  readonly status: string | null;
  /** Null for what is no account. */
  readonly account: { readonly email: string | null } | null;
}

export interface ComparedEntitlement {
  readonly id: string;
  readonly resource: ComparedRef;
  readonly displayName: string;
  readonly slug: string;
}

export interface ComparedGrant {
  readonly id: string;
  readonly entitlementId: string;
  readonly principal: ComparedRef;
}

/** What a thing is known by among all types. */
export function keyOf({ type, id }: ComparedRef): string {
  return `${type}:${id}`;
}

/** The one thing of a list; undefined where there are none or several. */
export function onlyOf<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** The items by key, in their order; those without one are left out. */
export function groupBy<T>(
  items: readonly T[],
  key: (item: T) => string | null,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
