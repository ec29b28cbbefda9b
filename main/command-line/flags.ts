import { parseArgs } from 'node:util';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { nearest } from './nearest.ts';
import { readOnOff, usage } from './values.ts';

interface FlagFacts {
  readonly env: string;
  readonly help: string;
  readonly short?: string;
  /** Other users of the machine can read it on the command line. */
  readonly secret?: boolean;
  /** On or off: it needs no value. */
  readonly onOff?: boolean;
}

/** Each flag with its environment variable and what help says of it; the names are `baton-xero`'s (product.md §6). */
export const FLAGS = {
  'client-id': { env: 'BATON_CLIENT_ID', help: 'C1 Client ID' },
  'client-secret': { env: 'BATON_CLIENT_SECRET', help: 'C1 Client secret', secret: true },
  'xero-client-id': { env: 'BATON_XERO_CLIENT_ID', help: 'client ID of your app at Xero' },
  'xero-client-secret': {
    env: 'BATON_XERO_CLIENT_SECRET',
    help: 'its secret (web app, custom connection)',
    secret: true,
  },
  'refresh-token': { env: 'BATON_REFRESH_TOKEN', help: 'Xero refresh token', secret: true },
  token: { env: 'BATON_TOKEN', help: 'Xero access token, for one run', secret: true },
  file: { env: 'BATON_FILE', help: 'where sync writes (default sync.c1z)', short: 'f' },
  'c1z-temp-dir': { env: 'BATON_C1Z_TEMP_DIR', help: 'folder for temporary files; must exist' },
  'token-file': { env: 'BATON_XERO_TOKEN_FILE', help: 'keeps the newest refresh token (0600)' },
  org: { env: 'BATON_XERO_ORGS', help: 'organisations to read, names or ids, comma-separated' },
  'account-id': { env: 'BATON_XERO_ACCOUNT_ID', help: 'global (default) or user' },
  'legacy-ids': { env: 'BATON_XERO_LEGACY_IDS', help: 'organisation that keeps baton-xero’s ids' },
  'log-level': { env: 'BATON_LOG_LEVEL', help: 'debug, info, warn or error' },
  'log-format': { env: 'BATON_LOG_FORMAT', help: 'json or console' },
  provisioning: {
    env: 'BATON_PROVISIONING',
    help: 'answers C1’s requests: what is so already; the rest is refused',
    short: 'p',
    onOff: true,
  },
  'provisioning-wait': {
    env: 'BATON_XERO_PROVISIONING_WAIT',
    help: 'how long the rest waits for a person in Xero, as 30m or 8h',
  },
  'state-dir': {
    env: 'BATON_XERO_STATE_DIR',
    help: 'folder that keeps ids and answers of tasks',
  },
  'health-check': {
    env: 'BATON_HEALTH_CHECK',
    help: 'answers health checks over HTTP',
    onOff: true,
  },
  'health-check-port': {
    env: 'BATON_HEALTH_CHECK_PORT',
    help: 'at this port (default 8081)',
  },
  'health-check-bind-address': {
    env: 'BATON_HEALTH_CHECK_BIND_ADDRESS',
    help: 'at this address (default 127.0.0.1)',
  },
} as const satisfies Record<string, FlagFacts>;
export type Flag = keyof typeof FLAGS;

/** Flags of one command alone (`command-list.ts`); they have no variable. */
export const OWN_FLAGS = {
  namespace: 'namespace (default c1-xero)',
  image: 'container image (default c1-xero, with this version as its tag)',
  app: 'your app at Xero: custom (default, a custom connection) or web',
  secret: 'empty (default), or existing to leave the Secret as it is',
  proxy: 'address of the proxy that the pod goes out through',
  endpoint: 'health (default), ready or live',
  timeout: 'seconds to wait for the answer (default 5)',
} as const satisfies Record<string, string>;
export type OwnFlag = keyof typeof OWN_FLAGS;

const FACTS: Readonly<Record<Flag, FlagFacts>> = FLAGS;
export const NAMES = Object.keys(FLAGS) as Flag[];
const OWN_NAMES = Object.keys(OWN_FLAGS) as OwnFlag[];
/** What stands for itself, with any command. */
const SWITCHES = ['json', 'help', 'version'];

/** Node's code for a flag that it knows, given in the wrong way. */
const KNOWN = 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE';

const SECRET_FLAGS = NAMES.filter((name) => FACTS[name].secret === true).map((name) => `--${name}`);

export type Values = Partial<Record<Flag | OwnFlag, string>>;

export interface ReadFlags {
  readonly flags: Values;
  readonly words: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
}

/** A token may begin with a hyphen, which would read as a flag: bind secrets to their flag with `=`. */
function withBoundSecrets(argv: readonly string[]): string[] {
  const bound: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const [word = '', value] = argv.slice(index, index + 2);
    const isSecret = SECRET_FLAGS.includes(word) && value !== undefined && !isFlag(value);
    bound.push(isSecret ? `${word}=${value}` : word);
    if (isSecret) index += 1;
  }
  return bound;
}

function isFlag(word: string): boolean {
  return word.startsWith('--') && word.slice(2) in FLAGS;
}

/** As in baton-xero, `--provisioning` and `--provisioning=false` are both right: takes the second kind out. */
function takeOnOff(argv: readonly string[]): { readonly rest: string[]; readonly taken: Values } {
  const rest: string[] = [];
  const taken: Values = {};
  for (const word of argv) {
    const [, name, short, value = ''] = /^(?:--([\w-]+)|-(\w))=(.*)$/.exec(word) ?? [];
    const flag = NAMES.find(
      (each) => each === name || (short !== undefined && FACTS[each].short === short),
    );
    if (flag !== undefined && FACTS[flag].onOff === true) taken[flag] = value;
    else rest.push(word);
  }
  return { rest, taken };
}

/** What stands on the command line. Failures name the flag, and never what was given with it. */
export function readFlags(argv: readonly string[]): Result<ReadFlags> {
  try {
    const { rest, taken } = takeOnOff(withBoundSecrets(argv));
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          NAMES.map((name) => {
            const { onOff, short } = FACTS[name];
            const type = onOff === true ? ('boolean' as const) : ('string' as const);
            return [name, { type, ...(short === undefined ? {} : { short }) }];
          }),
        ),
        ...Object.fromEntries(OWN_NAMES.map((name) => [name, { type: 'string' as const }])),
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    const { help, version, json, ...given } = values;
    const on = (value: unknown): boolean => value === true;
    const flags = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, String(value)]),
    );
    return succeed({
      flags: { ...flags, ...taken },
      words: positionals,
      help: on(help),
      version: on(version),
      json: on(json),
    });
  } catch (error) {
    return fail(wrongFlag(error));
  }
}

/** Node's own words repeat what was given; these name the flag alone. */
function wrongFlag(error: unknown): Failure {
  const text = error instanceof Error ? error.message : '';
  const name = /'(?:-\w, )?(--?[\w-]+)/.exec(text)?.[1] ?? 'A flag';
  const known = error instanceof Error && 'code' in error && error.code === KNOWN;
  if (known) return usage(`${name} has no value, or one that it doesn’t take.`);
  const meant = nearest(name.replace(/^-+/, ''), [...NAMES, ...OWN_NAMES, ...SWITCHES]);
  return usage(`${name} isn’t known.${meant === null ? '' : ` Did you mean --${meant}?`}`);
}

/** The flags that carried a secret. */
export function secretFlags(flags: Values): readonly string[] {
  return SECRET_FLAGS.filter((flag) => flag.slice(2) in flags);
}

/** Whether it asks for nothing: `--provisioning=false`. */
export function isSwitchedOff(name: Flag, given: string | null): boolean {
  return FACTS[name].onOff === true && given !== null && readOnOff(given) === false;
}
