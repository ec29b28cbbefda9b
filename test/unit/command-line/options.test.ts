import { describe, expect, it } from 'vitest';
import { helpText } from '../../../main/command-line/help.ts';
import { FLAGS } from '../../../main/command-line/flags.ts';
import { parseCommandLine, type Options } from '../../../main/command-line/options.ts';
import { failureOf, valueOf } from '../results.ts';

type Env = Readonly<Record<string, string>>;
const parse = (argv: string, env: Env = {}, terminal = false) =>
  parseCommandLine(argv === '' ? [] : argv.split(' '), env, terminal);
const TOKEN: Env = { BATON_TOKEN: 'xero-token' };
const C1: Env = { BATON_CLIENT_ID: 'a@b/c', BATON_CLIENT_SECRET: 'c1-secret' };

function optionsOf(argv: string, env: Env = TOKEN, terminal = false): Options {
  const parsed = valueOf(parse(argv, env, terminal));
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  return parsed.options;
}
function usageOf(argv: string, env: Env = TOKEN): string {
  const failure = failureOf(parse(argv, env));
  expect(failure.code).toBe('usage');
  expect(failure.message).toContain('See c1-xero --help.');
  return failure.message;
}

describe('the command', () => {
  it.each(['sync', 'check'])('is %s when it says so', (command) => {
    expect(optionsOf(command).command).toBe(command);
  });

  it('is serve when it says so and there is a credential', () => {
    expect(optionsOf('serve', { ...TOKEN, ...C1 }).command).toBe('serve');
  });

  it('is serve by itself when C1’s Client ID is set, as baton-xero does it', () => {
    expect(optionsOf('', { ...TOKEN, ...C1 }).command).toBe('serve');
    expect(optionsOf('--client-id a@b/c --client-secret s').command).toBe('serve');
  });

  it('is sync by itself otherwise', () => {
    expect(optionsOf('').command).toBe('sync');
    expect(optionsOf('', { ...TOKEN, BATON_CLIENT_ID: ' ' }).command).toBe('sync');
  });

  it.each(['format', 'sync check', 'secret-token:x'])('can’t be “%s”', (words) => {
    usageOf(words);
  });

  it('isn’t repeated when it is wrong: it may be a secret in the wrong place', () => {
    expect(usageOf('secret-token:x')).toBe(
      'The command must be sync, serve, check, inspect, compare, capabilities, k8s, health-check. See c1-xero --help.',
    );
    expect(usageOf('sync secret-token:x')).not.toContain('secret-token');
  });

  it('is none of these when help or the version is asked for, whatever else is missing', () => {
    expect(valueOf(parse('--help')).kind).toBe('help');
    expect(valueOf(parse('-h')).kind).toBe('help');
    expect(valueOf(parse('--version')).kind).toBe('version');
  });
});

describe('flags and environment', () => {
  const CHOICES = /^(account-id|log-|provisioning|health-check)/;
  it.each(Object.entries(FLAGS).filter(([name]) => !CHOICES.test(name)))(
    '--%s wins over its variable',
    (name, { env }) => {
      const base = { ...TOKEN, ...C1, BATON_XERO_CLIENT_ID: 'x', BATON_REFRESH_TOKEN: 'r' };
      const seen = (given: string, more: Env) =>
        JSON.stringify(optionsOf(given, { ...base, ...more }));
      const hasToken = name === 'token';
      const without = hasToken ? { BATON_XERO_CLIENT_ID: '', BATON_REFRESH_TOKEN: '' } : {};
      const custom = name === 'xero-client-secret' ? { BATON_REFRESH_TOKEN: '' } : {};
      const more = { ...without, ...custom };
      expect(seen('', { ...more, [env]: 'from-env' })).toContain('from-env');
      const both = seen(`--${name} from-flag`, { ...more, [env]: 'from-env' });
      expect(both).toContain('from-flag');
      expect(both).not.toContain('from-env');
    },
  );

  it('have short forms that baton-xero has', () => {
    expect(optionsOf('-f out.c1z').file).toBe('out.c1z');
    expect(optionsOf('').file).toBe('sync.c1z');
  });

  it('are trimmed, and blank ones are none', () => {
    expect(optionsOf('', { BATON_TOKEN: ' xero-token \n', BATON_FILE: '' })).toMatchObject({
      xero: { token: 'xero-token' },
      file: 'sync.c1z',
    });
  });

  it('name organisations with commas between them', () => {
    expect(
      optionsOf('', { ...TOKEN, BATON_XERO_ORGS: 'Harbour Books, , 1111 ' }).organisations,
    ).toEqual(['Harbour Books', '1111']);
    expect(optionsOf('').organisations).toEqual([]);
  });

  it('name the host, which has no flag', () => {
    expect(optionsOf('', { ...TOKEN, BATON_HOST_ID: 'baton-xero' }).hostId).toBe('baton-xero');
    expect(optionsOf('').hostId).toBeNull();
    expect(optionsOf('', { ...TOKEN, BATON_HOST_ID: '' }).hostId).toBeNull();
  });

  it('ask C1 for many tasks at once where BATON_GET_TASKS is a Go boolean that is true', () => {
    const many = (text: string) => optionsOf('', { ...TOKEN, BATON_GET_TASKS: text }).manyTasks;
    expect(['true', 'TRUE', 't', '1'].map(many)).toEqual([true, true, true, true]);
    expect(['false', '0', '', 'yes', 'on'].map(many)).toEqual(Array(5).fill(false));
    expect(optionsOf('').manyTasks).toBe(false);
  });

  it('choose words for a terminal and JSON for a machine', () => {
    expect(optionsOf('', TOKEN, true).logFormat).toBe('console');
    expect(optionsOf('', TOKEN, false).logFormat).toBe('json');
    expect(optionsOf('--log-format JSON', TOKEN, true).logFormat).toBe('json');
    expect(optionsOf('--log-level debug').logLevel).toBe('debug');
    expect(optionsOf('--json').json).toBe(true);
  });

  it('that carry a secret on the command line are named, those of the environment not', () => {
    const env = { BATON_XERO_CLIENT_SECRET: 's' };
    expect(
      optionsOf('--xero-client-id x --refresh-token r --client-id a@b/c --client-secret s', env)
        .secretFlags,
    ).toEqual(['--client-secret', '--refresh-token']);
    expect(optionsOf('', { ...TOKEN, ...C1 }).secretFlags).toEqual([]);
  });
});

describe('the kind of access to Xero', () => {
  const [id, secret, refresh] = [
    'BATON_XERO_CLIENT_ID',
    'BATON_XERO_CLIENT_SECRET',
    'BATON_REFRESH_TOKEN',
  ];
  const of = (env: Env) => optionsOf('sync', env).xero;

  it('is a custom connection with ID and secret', () => {
    expect(of({ [id]: 'x', [secret]: 's' })).toEqual({
      kind: 'custom',
      clientId: 'x',
      clientSecret: 's',
    });
  });

  it('is a sign-in, which can be renewed, rather than the token beside it', () => {
    const beside = { BATON_TOKEN: 't', [id]: 'x' };
    expect(of({ ...beside, [secret]: 's' })).toMatchObject({ kind: 'custom' });
    expect(of({ ...beside, [refresh]: 'r' })).toMatchObject({ kind: 'refreshToken' });
  });

  it('is a web app with a refresh token too', () => {
    expect(of({ [id]: 'x', [secret]: 's', [refresh]: 'r' })).toEqual({
      kind: 'refreshToken',
      clientId: 'x',
      clientSecret: 's',
      refreshToken: 'r',
    });
  });

  it('is a desktop app with ID and refresh token', () => {
    expect(of({ [id]: 'x', [refresh]: 'r' })).toMatchObject({
      kind: 'refreshToken',
      clientSecret: null,
    });
  });

  it('is a token for one run', () => {
    expect(of(TOKEN)).toEqual({ kind: 'token', token: 'xero-token' });
    expect(of({ ...TOKEN, [id]: 'x' })).toEqual({ kind: 'token', token: 'xero-token' });
  });

  it('has to be one of them, and the message says which flags are missing', () => {
    expect(usageOf('sync', {})).toContain('--xero-client-id');
    expect(usageOf('sync', {})).toContain('--token');
    expect(usageOf('sync', { [id]: 'x' })).toContain('--xero-client-secret or --refresh-token');
    expect(usageOf('sync', { [refresh]: 'r' })).toContain('--xero-client-id');
  });
});

describe('a wrong use', () => {
  it.each([
    ['serve', {}, '--client-id (BATON_CLIENT_ID)'],
    ['serve --client-id a@b/c', {}, '--client-secret (BATON_CLIENT_SECRET)'],
    ['sync --client-secret s', {}, '--client-id (BATON_CLIENT_ID)'],
    ['sync --unheard-of x', {}, '--unheard-of'],
    ['sync -x', {}, '-x'],
    ['sync --file', {}, '--file'],
    ['sync --file --json', {}, '--file'],
    ['sync --json=yes', {}, '--json'],
    ['sync', { BATON_LOG_LEVEL: 'loud' }, '--log-level must be debug, info, warn, error'],
    ['sync', { BATON_LOG_FORMAT: 'xml' }, '--log-format must be json, console'],
    ['sync', { BATON_XERO_ACCOUNT_ID: 'mail' }, '--account-id must be global, user'],
  ])('of “%s” is told with the flag that it is about', (argv, env, words) => {
    expect(usageOf(argv, { ...TOKEN, ...env })).toContain(words);
  });

  it('never repeats a secret', () => {
    expect(usageOf('sync --client-secret -the-secret')).not.toContain('the-secret');
    expect(usageOf('sync --unheard-of=the-secret')).not.toContain('the-secret');
  });
});

describe('the help', () => {
  it('names every flag with its variable', () => {
    const lines = helpText(null).split('\n');
    for (const [name, { env }] of Object.entries(FLAGS)) {
      expect(
        lines.filter((line) => line.includes(`--${name} `) && line.includes(env)),
      ).toHaveLength(1);
    }
  });
});

describe('a secret that begins with a hyphen', () => {
  it('is a value and not a flag', () => {
    const { xero } = optionsOf('--xero-client-id abc --refresh-token -R_token --json', {});
    expect(xero).toMatchObject({ kind: 'refreshToken', refreshToken: '-R_token' });
  });

  it('doesn’t swallow the flag that follows a secret that was forgotten', () => {
    expect(usageOf('--refresh-token --xero-client-id abc', {})).toContain('--refresh-token');
  });
});
