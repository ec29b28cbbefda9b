import type { UserManagement } from '../user-management.ts';
import type { World } from '../world.ts';
import type { AppRegistry } from './apps.ts';
import type { Connections } from './connections.ts';
import type { Grants } from './grants.ts';
import type { TokenSigner } from './signer.ts';

/** All that the sandbox's Xero knows; its endpoints share it. */
export interface XeroState {
  readonly world: World;
  readonly users: UserManagement;
  readonly apps: AppRegistry;
  readonly connections: Connections;
  readonly grants: Grants;
  readonly signer: TokenSigner;
  /** The three roots, which are Xero's three hosts (xero.md §1). */
  readonly roots: XeroRoots;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface XeroRoots {
  readonly login: string;
  readonly identity: string;
  readonly api: string;
}
