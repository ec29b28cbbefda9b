import { parseArgs } from 'node:util';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';

export type Command = 'sync' | 'serve' | 'check';

/** How Xero is signed in to, told apart by what is given (product.md §6). */
export type XeroAccess =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'custom'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'refreshToken';
      readonly clientId: string;
      /** With a secret it is a web app, without one a desktop app. */
      readonly clientSecret: string | null;
      readonly refreshToken: string;
    };

export interface Options {
  readonly command: Command;
  readonly xero: XeroAccess;
  readonly c1: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly file: string;
  readonly tempFolder: string | null;
  readonly tokenFile: string | null;
  /** Names or ids of organisations; empty means all that are connected. */
  readonly organisations: readonly string[];
  readonly accountId: 'global' | 'user';
  readonly legacyOrganisation: string | null;
  readonly hostId: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat: 'json' | 'console';
  readonly json: boolean;
  /** Flags that carried a secret, which other users of the machine can read. */
  readonly secretFlags: readonly string[];
}

export type CommandLine =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

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
  'c1z-temp-dir': { env: 'BATON_C1Z_TEMP_DIR', help: 'folder for temporary files' },
  'token-file': { env: 'BATON_XERO_TOKEN_FILE', help: 'keeps the newest refresh token (0600)' },
  org: { env: 'BATON_XERO_ORGS', help: 'organisations to read, names or ids, comma-separated' },
  'account-id': { env: 'BATON_XERO_ACCOUNT_ID', help: 'global (default) or user' },
  'legacy-ids': { env: 'BATON_XERO_LEGACY_IDS', help: 'organisation that keeps baton-xero’s ids' },
  'log-level': { env: 'BATON_LOG_LEVEL', help: 'debug, info, warn or error' },
  'log-format': { env: 'BATON_LOG_FORMAT', help: 'json or console' },
} as const satisfies Record<
  string,
  { env: string; help: string; short?: string; secret?: boolean }
>;
type Flag = keyof typeof FLAGS;

const SECRET_FLAGS = Object.entries(FLAGS).flatMap(([name, flag]) =>
  'secret' in flag ? [`--${name}`] : [],
);

const COMMANDS: readonly string[] = ['sync', 'serve', 'check'] satisfies Command[];

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the command line: flags win over the environment. Failures name the flag and the fix. */
export function parseCommandLine(
  argv: readonly string[],
  env: Environment,
  terminal: boolean,
): Result<CommandLine> {
  const parsed = readFlags(argv);
  if (!parsed.ok) return parsed;
  const { flags, words, help, version, json } = parsed.value;
  if (help) return succeed({ kind: 'help' });
  if (version) return succeed({ kind: 'version' });

  const value = (flag: Flag): string | null =>
    filled(flags[flag]) ?? filled(env[FLAGS[flag].env]) ?? null;
  const command = readCommand(words, value('client-id') !== null);
  if (!command.ok) return command;
  const xero = readXeroAccess(value);
  if (!xero.ok) return xero;
  const c1 = readC1(value, command.value);
  if (!c1.ok) return c1;
  const accountId = oneOf('account-id', value('account-id'), ['global', 'user'] as const, 'global');
  if (!accountId.ok) return accountId;
  const levels = ['debug', 'info', 'warn', 'error'] as const;
  const logLevel = oneOf('log-level', value('log-level'), levels, 'info');
  if (!logLevel.ok) return logLevel;
  const formats = ['json', 'console'] as const;
  const logFormat = oneOf(
    'log-format',
    value('log-format'),
    formats,
    terminal ? 'console' : 'json',
  );
  if (!logFormat.ok) return logFormat;

  return succeed({
    kind: 'run',
    options: {
      command: command.value,
      xero: xero.value,
      c1: c1.value,
      file: value('file') ?? 'sync.c1z',
      tempFolder: value('c1z-temp-dir'),
      tokenFile: value('token-file'),
      organisations: (value('org') ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
      accountId: accountId.value,
      legacyOrganisation: value('legacy-ids'),
      hostId: filled(env['BATON_HOST_ID']) ?? null,
      logLevel: logLevel.value,
      logFormat: logFormat.value,
      json,
      secretFlags: secretFlags(flags),
    },
  });
}

type Values = Partial<Record<Flag, string>>;

interface ReadFlags {
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

function readFlags(argv: readonly string[]): Result<ReadFlags> {
  try {
    const { values, positionals } = parseArgs({
      args: withBoundSecrets(argv),
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          Object.entries(FLAGS).map(([name, flag]) => [
            name,
            { type: 'string' as const, ...('short' in flag ? { short: flag.short } : {}) },
          ]),
        ),
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    const { help, version, json, ...flags } = values;
    const on = (value: unknown): boolean => value === true;
    return succeed({
      flags,
      words: positionals,
      help: on(help),
      version: on(version),
      json: on(json),
    });
  } catch (error) {
    const name = /'(?:-\w, )?(--?[\w-]+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return fail(usage(`${name ?? 'A flag'} isn’t known or has no value.`));
  }
}

function readCommand(words: readonly string[], service: boolean): Result<Command> {
  const [word, ...more] = words;
  if (word === undefined) return succeed(service ? 'serve' : 'sync');
  // What stands there isn't repeated: it may be a secret in the wrong place.
  if (!isCommand(word)) return fail(usage(`The command must be ${COMMANDS.join(', ')}.`));
  if (more.length > 0) return fail(usage(`After ${word} there are only flags.`));
  return succeed(word);
}

function isCommand(word: string): word is Command {
  return COMMANDS.includes(word);
}

function readXeroAccess(value: (flag: Flag) => string | null): Result<XeroAccess> {
  const token = value('token');
  const clientId = value('xero-client-id');
  const clientSecret = value('xero-client-secret');
  const refreshToken = value('refresh-token');
  if (clientId === null) {
    return token === null
      ? fail(usage('Xero needs --xero-client-id with a secret or a refresh token, or --token.'))
      : succeed({ kind: 'token', token });
  }
  if (refreshToken !== null) {
    return succeed({ kind: 'refreshToken', clientId, clientSecret, refreshToken });
  }
  if (clientSecret !== null) return succeed({ kind: 'custom', clientId, clientSecret });
  return token === null
    ? fail(usage('With --xero-client-id, give --xero-client-secret or --refresh-token too.'))
    : succeed({ kind: 'token', token });
}

function readC1(value: (flag: Flag) => string | null, command: Command): Result<Options['c1']> {
  const clientId = value('client-id');
  const clientSecret = value('client-secret');
  if (clientId !== null && clientSecret !== null) return succeed({ clientId, clientSecret });
  if (clientId === null && clientSecret === null && command !== 'serve') return succeed(null);
  const absent =
    clientId === null ? '--client-id (BATON_CLIENT_ID)' : '--client-secret (BATON_CLIENT_SECRET)';
  return fail(usage(`C1 needs ${absent} too.`));
}

function oneOf<const T extends string>(
  flag: Flag,
  value: string | null,
  allowed: readonly T[],
  otherwise: T,
): Result<T> {
  if (value === null) return succeed(otherwise);
  const found = allowed.find((each) => each === value.toLowerCase());
  return found === undefined
    ? fail(usage(`--${flag} must be ${allowed.join(', ')}; it is "${value}".`))
    : succeed(found);
}

function secretFlags(flags: Values): readonly string[] {
  return SECRET_FLAGS.filter((flag) => flag.slice(2) in flags);
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

export function usage(message: string): Failure {
  return { code: 'usage', message: `${message} See c1-xero --help.`, next: 'tryAgain' };
}
