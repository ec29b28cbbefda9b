import { fail, succeed, type Result } from '../shared/errors.ts';
import type { Endpoints } from './ports.ts';

const XERO: Endpoints = {
  xeroApi: 'https://api.xero.com',
  xeroIdentity: 'https://identity.xero.com',
  xeroLogin: 'https://login.xero.com',
  c1ApiHost: undefined,
};

/** Hosts to which plain http is allowed: this computer's own. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The two clouds' addresses: Xero's own unless `XERO_API_URL`,
 * `XERO_IDENTITY_URL`, `XERO_LOGIN_URL` or `BATON_C1_API_HOST` move them
 * (product.md §6). Plain http is for this computer only.
 */
export function parseEndpoints(
  env: Readonly<Record<string, string | undefined>>,
): Result<Endpoints> {
  const roots = {
    xeroApi: 'XERO_API_URL',
    xeroIdentity: 'XERO_IDENTITY_URL',
    xeroLogin: 'XERO_LOGIN_URL',
  } as const;
  const endpoints = { ...XERO, c1ApiHost: filled(env['BATON_C1_API_HOST']) };
  for (const [name, variable] of Object.entries(roots)) {
    const value = filled(env[variable]);
    if (value === undefined) continue;
    const url = URL.parse(value);
    if (
      url === null ||
      !(url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)))
    ) {
      return fail({
        code: 'usage',
        message: `${variable} must be an https address (http is for this computer only).`,
        next: 'tryAgain',
      });
    }
    Object.assign(endpoints, { [name]: value.replace(/\/+$/, '') });
  }
  return succeed(endpoints);
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
