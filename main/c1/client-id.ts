import { fail, succeed, type Result } from '../../shared/errors.ts';
import { clientIdProblem } from './errors.ts';

/** The parts of a Client ID, `name@host[:port]/use-case` (c1-protocol.md §1.1). */
export interface ClientId {
  readonly clientId: string;
  readonly clientName: string;
  readonly host: string;
  readonly audience: string;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const PLAIN_HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::[1-9][0-9]{0,4})?$`, 'i');
const LONGEST = 1024;

/**
 * Splits a Client ID as the official client does: at the first `@`, then at the first `/` after
 * it. Unlike that client it refuses an empty name and any host that isn't plain, because the host
 * decides where the data goes.
 */
export function parseClientId(text: string): Result<ClientId> {
  if (text === '') return fail(clientIdProblem.empty);
  if (/\p{Zs}/u.test(text)) return fail(clientIdProblem.spaced);
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text) || text.length > LONGEST) {
    return fail(clientIdProblem.controls);
  }
  const at = text.indexOf('@');
  if (at === -1) return fail(clientIdProblem.noAt);
  const slash = text.indexOf('/', at);
  if (slash === -1) return fail(clientIdProblem.noSlash);
  const clientName = text.slice(0, at);
  const host = text.slice(at + 1, slash);
  if (clientName === '') return fail(clientIdProblem.noName);
  if (host === '') return fail(clientIdProblem.noHost);
  if (!isPlain(host)) return fail(clientIdProblem.oddHost);
  return succeed({ clientId: text, clientName, host, audience: host.replace(/:\d+$/, '') });
}

/** Whether a host means to a browser what it says: no credentials, no path, no number in disguise. */
function isPlain(host: string): boolean {
  if (!PLAIN_HOST.test(host) || host.length > 253) return false;
  const address = `https://${host}`;
  const hostname = host.toLowerCase().replace(/:\d+$/, '');
  return URL.canParse(address) && new URL(address).hostname === hostname;
}
