import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { isCommandName, COMMAND_NAMES, type CommandName } from './command-list.ts';
import {
  FLAGS,
  isSwitchedOff,
  NAMES,
  OWN_FLAGS,
  readFlags,
  secretFlags,
  type Flag,
  type OwnFlag,
} from './flags.ts';
import { nearest } from './nearest.ts';
import { foreignFlags, readHealthAddress, readOffline, type OfflineRequest } from './offline.ts';
import { duration, filled, onOff, oneOf, readOnOff, usage, type Address } from './values.ts';

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
  /** Where temporary files go; it must be there already. */
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
  /** Whether requests to change access are taken. */
  readonly provisioning: boolean;
  /** How long such a request waits for a person, in milliseconds; null when it wasn't said. */
  readonly provisioningWaitMs: number | null;
  /** Where health checks are answered; null when they weren't asked for. */
  readonly health: Address | null;
  /** Keeps ids and answers of tasks; in memory without it. */
  readonly stateFolder: string | null;
  /** Asks C1 for many tasks at once: `BATON_GET_TASKS` (c1-protocol.md §1.4). */
  readonly manyTasks: boolean;
  /** Flags that are taken and have no effect with this command. */
  readonly idleFlags: readonly string[];
  /** Flags that carried a secret, which other users of the machine can read. */
  readonly secretFlags: readonly string[];
}

export type CommandLine =
  | { readonly kind: 'run'; readonly options: Options }
  | OfflineRequest
  /** Of one command, or of all. */
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' };

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
  if (version) return succeed({ kind: 'version' });
  if (help || words[0] === 'help') return readHelp(words);

  const value = (flag: Flag | OwnFlag): string | null =>
    filled(flags[flag]) ?? (isOwn(flag) ? null : filled(env[FLAGS[flag].env])) ?? null;
  const command = readCommand(words, value('client-id') !== null);
  if (!command.ok) return command;
  if (!isOnline(command.value)) return readOffline(command.value, parsed.value, value);
  const foreign = foreignFlags(command.value, parsed.value);
  const own = foreign.find((name) => name in OWN_FLAGS);
  if (own !== undefined) return fail(usage(`--${own} isn’t a flag of ${command.value}.`));
  // As with baton-xero, whose one command takes them all: the others are no wrong use.
  const unused = NAMES.filter(
    (name) => foreign.includes(name) && !isSwitchedOff(name, value(name)),
  );
  const idle = unused.map((name) => `--${name}`);
  const online = { words, json, secretFlags: secretFlags(flags), idleFlags: idle };
  return readOptions(command.value, online, value, { env, terminal });
}

interface Online {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly secretFlags: readonly string[];
  readonly idleFlags: readonly string[];
}

/** The options of a command that signs in. */
function readOptions(
  command: Command,
  { words, json, ...told }: Online,
  value: (flag: Flag) => string | null,
  { env, terminal }: { readonly env: Environment; readonly terminal: boolean },
): Result<CommandLine> {
  if (words.length > 1) return fail(usage(`After ${command} there are only flags.`));
  const xero = readXeroAccess(value);
  if (!xero.ok) return xero;
  const c1 = readC1(value, command);
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
  const service = readService(value);
  if (!service.ok) return service;
  const { provisioning, provisioningWaitMs } = service.value;
  const isIdleWait = command === 'serve' && provisioningWaitMs !== null && !provisioning;
  const idleFlags = [...told.idleFlags, ...(isIdleWait ? ['--provisioning-wait'] : [])];

  return succeed({
    kind: 'run',
    options: {
      command,
      xero: xero.value,
      c1: c1.value,
      file: value('file') ?? 'sync.c1z',
      tempFolder: value('c1z-temp-dir') ?? filled(env['BATON_TMPDIR']) ?? null,
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
      // What isn't a Go boolean is off, as in the official client.
      manyTasks: readOnOff(filled(env['BATON_GET_TASKS']) ?? '') ?? false,
      ...service.value,
      ...told,
      idleFlags,
    },
  });
}

function readHelp(words: readonly string[]): Result<CommandLine> {
  const asked = words[0] === 'help' ? words[1] : words[0];
  if (asked !== undefined && isCommandName(asked)) return succeed({ kind: 'help', command: asked });
  if (words[0] === 'help' && asked !== undefined) return fail(unknownCommand(asked));
  return succeed({ kind: 'help', command: null });
}

function readCommand([word]: readonly string[], service: boolean): Result<CommandName> {
  if (word === undefined) return succeed(service ? 'serve' : 'sync');
  return isCommandName(word) ? succeed(word) : fail(unknownCommand(word));
}

/** What stands there isn't repeated: it may be a secret in the wrong place. */
function unknownCommand(word: string): Failure {
  const meant = nearest(word, COMMAND_NAMES);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  return usage(`The command must be ${COMMAND_NAMES.join(', ')}.${hint}`);
}

function isOnline(command: CommandName): command is Command {
  return command === 'sync' || command === 'serve' || command === 'check';
}

function isOwn(flag: Flag | OwnFlag): flag is OwnFlag {
  return flag in OWN_FLAGS;
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

/** A request waits for a day at most, as on the desktop. */
const LONGEST_WAIT = { words: '24h', ms: 24 * 3_600_000 };

type Service = Pick<Options, 'provisioning' | 'provisioningWaitMs' | 'health' | 'stateFolder'>;

/** What baton-xero's manifests say of the service, and our own on top (c1-protocol.md §4.1). */
function readService(value: (flag: Flag) => string | null): Result<Service> {
  const provisioning = onOff('provisioning', value('provisioning'));
  if (!provisioning.ok) return provisioning;
  const wait = duration('provisioning-wait', value('provisioning-wait'), LONGEST_WAIT);
  if (!wait.ok) return wait;
  const health = onOff('health-check', value('health-check'));
  if (!health.ok) return health;
  const at = readHealthAddress(value);
  if (!at.ok) return at;
  return succeed({
    provisioning: provisioning.value,
    provisioningWaitMs: wait.value,
    health: health.value ? at.value : null,
    stateFolder: value('state-dir'),
  });
}
