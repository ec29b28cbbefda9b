/** The domain's fixed values and words that the window, the core and the docs must say alike. */

export const PRODUCT_NAME = 'C1 Connector for Xero';

/** The redirect URIs to register at Xero, for ever (product.md §8). */
export const REDIRECT_PORTS = [21741, 26353, 31547] as const;
export const REDIRECT_URIS = REDIRECT_PORTS.map((port) => `http://localhost:${port}/callback`);

/** All that the app asks Xero for (xero.md §2). */
export const XERO_SCOPES = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'accounting.settings.read',
] as const;

/** All that a custom connection is set up with; it has no person to know (xero.md §2). */
export const CUSTOM_CONNECTION_SCOPE = 'accounting.settings.read';

/** What Xero's portal calls each kind of app (xero.md §2). */
export const XERO_APP_TYPES = {
  desktop: 'Mobile or desktop app',
  web: 'Web app',
  custom: 'Custom connection',
} as const;

/** How many connections an app takes on Xero's free Starter tier (xero.md §2). */
export const STARTER_CONNECTIONS = 5;

/** How many apps that Xero hasn't certified an organisation takes (xero.md §2). */
export const UNCERTIFIED_APPS = 2;

/** Where an admin registers the Xero app (xero.md §2). */
export const XERO_APPS_PAGE = 'https://developer.xero.com/app/manage';

/** Hosts that belong to C1; any other must be confirmed before data goes there (product.md §5). */
export const USUAL_C1_DOMAIN = '.conductor.one';

/** Xero's own words for its roles, in order of privilege (xero.md §4). */
export const XERO_ROLES = [
  { xero: 'READONLY', id: 'readonly', name: 'Read only', order: 10 },
  { xero: 'CASHBOOKCLIENT', id: 'cashbookclient', name: 'Cashbook client', order: 20 },
  { xero: 'INVOICEONLY', id: 'invoiceonly', name: 'Invoice only', order: 30 },
  { xero: 'MANAGEDCLIENT', id: 'managedclient', name: 'Managed client', order: 40 },
  { xero: 'STANDARD', id: 'standard', name: 'Standard', order: 50 },
  { xero: 'FINANCIALADVISER', id: 'financialadviser', name: 'Adviser', order: 60 },
] as const;
