import type { z } from 'zod';
import type { Failure } from '../../shared/errors.ts';
import type { Page } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { XERO_APPS_PAGE } from '../../shared/words.ts';
import { userManagementPage } from '../access/links.ts';
import type { Endpoints } from '../ports.ts';
import { signInAddress } from './copy-texts.ts';
import { sameId } from './governed.ts';

/** The address behind a page that the window may ask for; null when there is none now. */
export function pageAddress(page: z.infer<typeof Page>, snapshot: Snapshot): string | null {
  switch (page) {
    case 'xeroApps':
      return XERO_APPS_PAGE;
    case 'signIn':
      return signInAddress(snapshot);
    case 'c1Tenant':
      // Only a host that accepted the credential is opened (product.md §5).
      return snapshot.c1.kind === 'connected' ? `https://${snapshot.c1.credential.host}/` : null;
  }
}

/** What was asked for isn't there now. */
export const nothingThere: Failure = {
  code: 'usage',
  message: say('connector.thereIsNothingToOpen'),
  next: 'wait',
};

/** Where an admin changes who is in this organisation; Xero's page for the one last used where it isn't known. */
export function userManagementAddress(organisation: string, { xero }: Snapshot): string {
  const known = xero
    .flatMap(({ organisations }) => organisations)
    .find(({ id }) => sameId(id, organisation));
  return userManagementPage(known?.shortCode ?? null);
}

/** Whether the browser may be sent to this address: https to Xero's pages or to the C1 host in use. */
export function mayOpen(address: URL, snapshot: Snapshot, endpoints: Endpoints): boolean {
  const origins = [
    XERO_APPS_PAGE,
    userManagementPage(null),
    endpoints.xeroLogin,
    endpoints.xeroIdentity,
  ].map((root) => new URL(root).origin);
  const tenant = pageAddress('c1Tenant', snapshot);
  if (tenant !== null) origins.push(new URL(tenant).origin);
  // The address of a blob has the origin of who made it.
  return /^https?:$/.test(address.protocol) && origins.includes(address.origin);
}
