import { fail, succeed, type Result } from '../../shared/errors.ts';
import { clientIdInvalid, clientIdLooksLikeC1 } from './errors.ts';

/**
 * Reads a pasted Xero client ID: 32 hexadecimal characters, as the app's
 * Configuration page shows it. Forgives blanks, quotes and hyphens around or
 * inside, which copying adds.
 */
export function parseClientId(pasted: string): Result<string> {
  const text = pasted.trim().replace(/^["']|["']$/g, '');
  if (text.includes('@')) return fail(clientIdLooksLikeC1);
  const id = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[0-9A-F]{32}$/.test(id) ? succeed(id) : fail(clientIdInvalid);
}
