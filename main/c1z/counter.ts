import { byteOrder } from '../access/order.ts';
import type {
  FileCounts,
  FileEntitlement,
  FileGrant,
  FileResource,
  FileResourceType,
  TypeCounts,
} from './contents.ts';
import { damaged } from './read-failures.ts';

/** No connector has as many; each takes memory until the end. */
const MOST_TYPES = 10_000;

type Counting = { -readonly [Count in keyof TypeCounts]: TypeCounts[Count] };

/** Counts rows by the types that they belong to. */
export class Counter {
  readonly #types = new Map<string, Counting>();
  #declared = 0;
  #assets = 0;

  resourceType({ id, displayName }: FileResourceType): void {
    this.#declared += 1;
    this.#type(id).displayName = displayName;
  }

  resource({ type }: FileResource): void {
    this.#type(type).resources += 1;
  }

  entitlement({ resource }: FileEntitlement): void {
    this.#type(resource.type).entitlements += 1;
  }

  grant({ resource }: FileGrant): void {
    this.#type(resource.type).grants += 1;
  }

  assets(rows: Iterable<unknown>): void {
    const iterator = rows[Symbol.iterator]();
    while (iterator.next().done !== true) this.#assets += 1;
  }

  counts(): FileCounts {
    const byType = [...this.#types.values()].sort((one, other) => byteOrder(one.id, other.id));
    const sum = (list: 'resources' | 'entitlements' | 'grants') =>
      byType.reduce((total, type) => total + type[list], 0);
    return {
      resourceTypes: this.#declared,
      resources: sum('resources'),
      entitlements: sum('entitlements'),
      grants: sum('grants'),
      assets: this.#assets,
      byType,
    };
  }

  #type(id: string): Counting {
    const known = this.#types.get(id);
    if (known !== undefined) return known;
    if (this.#types.size >= MOST_TYPES) throw damaged('it has too many types of resources');
    const type = { id, displayName: null, resources: 0, entitlements: 0, grants: 0 };
    this.#types.set(id, type);
    return type;
  }
}
