/** The way that connections to one of the two clouds take. Never with a user or password of a proxy. */
export type Way =
  | { readonly kind: 'direct' }
  /** Through `host:port`, which the environment or the system's settings name. */
  | { readonly kind: 'proxy'; readonly proxy: string; readonly from: 'environment' | 'system' }
  /** The settings name only proxies that can't be used, such as SOCKS. */
  | { readonly kind: 'unusable' };

export interface Ways {
  readonly xero: Way;
  /** Null before a credential says where C1 is. */
  readonly c1: Way | null;
}
