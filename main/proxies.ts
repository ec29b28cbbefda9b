import type { Way } from '../shared/ways.ts';
import type { LogFields } from './ports.ts';
import { proxyFromEnvironment, type Environment, type ProxyFor } from './proxy.ts';

interface Proxies {
  /** The environment's proxy where it names one, which may hold a password; else the system's. */
  readonly proxyFor: ProxyFor;
  /** The way that is taken to an address, to be shown. */
  readonly wayTo: (address: URL) => Promise<Way>;
}

/**
 * The proxies of a computer with settings of its own.
 * @param env with the passwords that a proxy may need, which `process.env` has lost by then
 */
export function proxiesOf(
  env: Environment,
  ofSystem: ProxyFor,
  warn: (event: string, fields: LogFields) => void,
): Proxies {
  const ofEnvironment = proxyFromEnvironment(env, ofSystem);
  if (!ofEnvironment.ok) warn('proxy.unusable', { code: ofEnvironment.failure.code });
  return {
    proxyFor: ofEnvironment.ok ? ofEnvironment.value : ofSystem,
    wayTo: (address) => tellWay(ofEnvironment.ok ? env : {}, ofSystem, address),
  };
}

/** Such as `HTTPS_PROXY`, in capitals or not. */
const NAMES_A_PROXY = /_proxy$/i;

/**
 * Takes the passwords of proxies out of the environment, which Electron hands on to every page's bridge. The
 * names stay, so that what the app starts goes the same way. Returns it as it was, for this process alone.
 */
export function takeProxyPasswords(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const whole = { ...env };
  for (const [name, value = ''] of Object.entries(whole)) {
    if (!NAMES_A_PROXY.test(name) || /^no_/i.test(name) || value === '') continue;
    const bare = withoutPassword(value);
    if (bare === undefined) Reflect.deleteProperty(env, name);
    else if (bare !== value) env[name] = bare;
  }
  return whole;
}

/** The way to an address as it may be shown: who names it, and no password. */
async function tellWay(env: Environment, ofSystem: ProxyFor, address: URL): Promise<Way> {
  let from: 'environment' | 'system' = 'environment';
  const proxyFor = proxyFromEnvironment(env, (asked) => {
    from = 'system';
    return ofSystem(asked);
  });
  const [way] = proxyFor.ok ? await proxyFor.value(address) : [];
  if (way === undefined) return { kind: 'unusable' };
  return way === null ? { kind: 'direct' } : { kind: 'proxy', proxy: hostOf(way), from };
}

function hostOf(proxy: string): string {
  const { hostname, port, protocol } = new URL(proxy);
  return `${hostname}:${port === '' ? (protocol === 'http:' ? '80' : '443') : port}`;
}

/** What a variable that names a proxy is without its user and password; undefined where that can't be told. */
function withoutPassword(value: string): string | undefined {
  const address = value.includes('://') ? value : `http://${value}`;
  const url = URL.parse(address.trim());
  if (url === null) return undefined;
  return url.username === '' && url.password === '' ? value : `${url.protocol}//${url.host}`;
}
