import { fail, succeed, type Result } from '../../shared/errors.ts';
import { factsOf, type CommandName } from './command-list.ts';
import type { Flag, OwnFlag, ReadFlags } from './flags.ts';
import type { HealthEndpoint } from './health.ts';
import type { ManifestChoices } from './manifests.ts';
import { bindAddress, onOff, oneOf, port, usage, type Address } from './values.ts';

/** What is asked for by a command that signs in to nothing. */
export type OfflineRequest =
  | { readonly kind: 'inspect'; readonly file: string; readonly json: boolean }
  | {
      readonly kind: 'compare';
      readonly old: string;
      readonly next: string;
      readonly json: boolean;
    }
  | {
      readonly kind: 'capabilities';
      /** Whether those of a connector that takes requests. */
      readonly provisioning: boolean;
    }
  | { readonly kind: 'k8s'; readonly choices: Omit<ManifestChoices, 'image'> & Image }
  | {
      readonly kind: 'healthCheck';
      readonly at: Address;
      readonly endpoint: HealthEndpoint;
      readonly timeoutMs: number;
    };

interface Image {
  /** Null where none was named. */
  readonly image: string | null;
}

export type OfflineCommand = Exclude<CommandName, 'sync' | 'serve' | 'check'>;

type Read = (flag: Flag | OwnFlag) => string | null;

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const IMAGE = /^[\w][\w.:/@-]*$/;
const LONGEST_TIMEOUT_S = 600;

/** Reads the command line of a command that signs in to nothing; flags of others are refused. */
export function readOffline(
  command: OfflineCommand,
  read: ReadFlags,
  value: Read,
): Result<OfflineRequest> {
  const [foreign] = foreignFlags(command, read);
  if (foreign !== undefined) return fail(usage(`--${foreign} isn’t a flag of ${command}.`));
  const [, ...words] = read.words;
  if (factsOf(command).words === undefined && words.length > 0) {
    return fail(usage(`After ${command} there are only flags.`));
  }
  switch (command) {
    case 'inspect':
      return readInspect(words, read.json);
    case 'compare':
      return readCompare(words, read.json);
    case 'capabilities':
      return readCapabilities(value);
    case 'k8s':
      return readManifestChoices(value);
    case 'health-check':
      return readHealthCheck(value);
  }
}

/** The flags that stand on the command line and that the command doesn't take. */
export function foreignFlags(
  command: CommandName,
  { flags, json }: Pick<ReadFlags, 'flags' | 'json'>,
): readonly string[] {
  const facts = factsOf(command);
  const taken: readonly string[] = [...facts.flags, ...(facts.own ?? [])];
  const foreign = Object.keys(flags).filter((name) => !taken.includes(name));
  return json && !facts.json ? [...foreign, 'json'] : foreign;
}

function readInspect([file, ...more]: readonly string[], json: boolean): Result<OfflineRequest> {
  if (file === undefined) return fail(usage('Which file? c1-xero inspect <file>.'));
  if (more.length > 0) return fail(usage('inspect reads one file at a time.'));
  return succeed({ kind: 'inspect', file, json });
}

function readCompare(
  [old, next, ...more]: readonly string[],
  json: boolean,
): Result<OfflineRequest> {
  if (old === undefined || next === undefined) {
    return fail(usage('Which two files? c1-xero compare <old> <new>.'));
  }
  if (more.length > 0) return fail(usage('compare reads two files, the old and the new.'));
  return succeed({ kind: 'compare', old, next, json });
}

function readCapabilities(value: Read): Result<OfflineRequest> {
  const provisioning = onOff('provisioning', value('provisioning'));
  if (!provisioning.ok) return provisioning;
  return succeed({ kind: 'capabilities', provisioning: provisioning.value });
}

function readManifestChoices(value: Read): Result<OfflineRequest> {
  const namespace = value('namespace') ?? 'c1-xero';
  if (!NAMESPACE.test(namespace)) {
    return fail(usage('--namespace must be lower-case letters, digits and hyphens, at most 63.'));
  }
  const image = value('image');
  if (image !== null && !IMAGE.test(image)) {
    return fail(usage('--image must be the name of a container image, with its tag.'));
  }
  const app = oneOf('app', value('app'), ['custom', 'web'] as const, 'custom');
  if (!app.ok) return app;
  const secret = oneOf('secret', value('secret'), ['empty', 'existing'] as const, 'empty');
  if (!secret.ok) return secret;
  const proxy = readProxy(value('proxy'));
  if (!proxy.ok) return proxy;
  return succeed({
    kind: 'k8s',
    choices: { namespace, image, app: app.value, secret: secret.value, proxy: proxy.value },
  });
}

/** The address of a proxy; manifests are no place for the password of one. */
function readProxy(text: string | null): Result<string | null> {
  if (text === null) return succeed(null);
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address === null || !['http:', 'https:'].includes(address.protocol)) {
    return fail(usage('--proxy must be an address such as http://proxy.example:3128.'));
  }
  if (address.username !== '' || address.password !== '') {
    return fail(
      usage('--proxy must be an address without a password: put HTTPS_PROXY into the Secret.'),
    );
  }
  return succeed(address.origin);
}

function readHealthCheck(value: Read): Result<OfflineRequest> {
  const at = readHealthAddress(value);
  if (!at.ok) return at;
  const names = ['health', 'ready', 'live'] as const;
  const endpoint = oneOf('endpoint', value('endpoint'), names, 'health');
  if (!endpoint.ok) return endpoint;
  const text = value('timeout') ?? '5';
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > LONGEST_TIMEOUT_S) {
    return fail(usage(`--timeout must be a number of seconds from 1 to ${LONGEST_TIMEOUT_S}.`));
  }
  return succeed({
    kind: 'healthCheck',
    at: at.value,
    endpoint: endpoint.value,
    timeoutMs: seconds * 1000,
  });
}

/** Where health checks are answered, and asked for (c1-protocol.md §4.1). */
export function readHealthAddress(value: (flag: Flag) => string | null): Result<Address> {
  const at = port('health-check-port', value('health-check-port'), 8081);
  if (!at.ok) return at;
  const given = value('health-check-bind-address');
  const address = bindAddress('health-check-bind-address', given, '127.0.0.1');
  if (!address.ok) return address;
  return succeed({ port: at.value, bindAddress: address.value });
}
