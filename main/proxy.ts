import { BlockList, isIP } from 'node:net';
import { fail, succeed, type Failure, type Result } from '../shared/errors.ts';

/** A proxy as `http[s]://[user:password@]host:port`, or null for none. */
export type Way = string | null;

/** The ways to an address, each to be tried when the one before can't be reached; none where all are of a kind that we can't use. */
export type ProxyFor = (address: URL) => Promise<readonly Way[]>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Chromium's sign in a list of exceptions: loopback hosts go through the proxy too. */
const LOOPBACK_TOO = '<-loopback>';

const DIRECT: readonly Way[] = [null];

export const noProxy: ProxyFor = () => Promise.resolve(DIRECT);

/**
 * The proxy that the environment names: `HTTPS_PROXY`, `HTTP_PROXY` for plain http, both spelt in
 * capitals or not, and `NO_PROXY` with its exceptions, read as Go's programs and so C1's own
 * connectors read them (c1-protocol.md §3.1). Where it says nothing about an address, `otherwise` is asked.
 */
export function proxyFromEnvironment(
  env: Environment,
  otherwise: ProxyFor = noProxy,
): Result<ProxyFor> {
  const forHttps = proxyIn(env, 'HTTPS_PROXY');
  if (!forHttps.ok) return forHttps;
  const forHttp = proxyIn(env, 'HTTP_PROXY');
  if (!forHttp.ok) return forHttp;
  const exceptions = (either(env, 'NO_PROXY') ?? '').split(/[\s,]+/).filter((each) => each !== '');
  return succeed(async (address) => {
    if (isException(address, exceptions)) return DIRECT;
    const proxy = address.protocol === 'http:' ? forHttp.value : forHttps.value;
    return proxy === null ? await otherwise(address) : [proxy];
  });
}

/**
 * Reads the answer of the system's proxy settings (which is a PAC script's), such as
 * `PROXY one:3128; HTTPS two:443; DIRECT`. SOCKS isn't spoken here.
 */
export function waysOfSystem(answer: string): readonly Way[] {
  const entries = answer.split(';').map((entry) => entry.trim());
  const named = entries.filter((entry) => entry !== '');
  return named.length === 0 ? DIRECT : named.flatMap(wayOf);
}

function wayOf(entry: string): readonly Way[] {
  const [kind = '', server = ''] = entry.split(/\s+/);
  if (/^DIRECT$/i.test(kind)) return DIRECT;
  const scheme = /^(?:PROXY|HTTP)$/i.test(kind) ? 'http' : /^HTTPS$/i.test(kind) ? 'https' : null;
  const address = `${scheme ?? ''}://${server}`;
  return scheme !== null && URL.canParse(address) ? [address] : [];
}

function proxyIn(env: Environment, name: string): Result<string | null> {
  const value = either(env, name);
  if (value === undefined) return succeed(null);
  const address = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(address)) return fail(unusable(name));
  const { protocol, hostname, username, password } = new URL(address);
  const usable = ['http:', 'https:'].includes(protocol) && hostname !== '';
  return usable && isEncoded(username + password) ? succeed(address) : fail(unusable(name));
}

function isEncoded(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === 'string';
  } catch {
    return false;
  }
}

/** What is wrong, without the value: it may hold a password. */
function unusable(name: string): Failure {
  return {
    code: 'usage',
    message: `${name} isn’t the address of a proxy that can be used. Write it as http://host:port or http://user:password@host:port, with special characters of the password percent-encoded, or leave it out.`,
    next: 'tryAgain',
  };
}

function either(env: Environment, name: string): string | undefined {
  return [env[name], env[name.toLowerCase()]].find((value) => (value ?? '').trim() !== '')?.trim();
}

function isException(address: URL, exceptions: readonly string[]): boolean {
  const host = bare(address.hostname);
  const port = address.port === '' ? (address.protocol === 'http:' ? '80' : '443') : address.port;
  if (isLoopback(host) && !exceptions.includes(LOOPBACK_TOO)) return true;
  return exceptions.some((exception) => matches(exception.toLowerCase(), host, port));
}

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  if (isNetwork(exception, host)) return true;
  const { name, onlyPort } = splitPort(exception);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (name === '' || name.startsWith('<')) return false;
  // As Go has it: a name stands for its subdomains too, one with a dot in front for these alone.
  const suffix = name.replace(/^\*?\.?/, '.');
  return host.endsWith(suffix) || (!/^[*.]/.test(name) && host === bare(name));
}

function splitPort(exception: string): { name: string; onlyPort: string | undefined } {
  if (isIP(exception) !== 0) return { name: exception, onlyPort: undefined };
  const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  return { name, onlyPort };
}

/** For example `10.0.0.0/8`. */
function isNetwork(exception: string, host: string): boolean {
  const [, base = '', length = ''] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(exception) ?? [];
  const family = isIP(base);
  if (family === 0 || isIP(host) !== family || Number(length) > (family === 4 ? 32 : 128))
    return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const network = new BlockList();
  network.addSubnet(base, Number(length), type);
  return network.check(host, type);
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[|\]$/g, '');
}
