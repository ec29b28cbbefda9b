import { describe, expect, it } from 'vitest';
import { parseCommandLine, type Options } from '../../../main/command-line/options.ts';
import { failureOf, valueOf } from '../results.ts';

type Env = Readonly<Record<string, string>>;
const parse = (argv: string, env: Env) =>
  parseCommandLine(argv.split(' '), { BATON_TOKEN: 'xero-token', ...env }, false);

function optionsOf(argv: string, env: Env = {}): Options {
  const parsed = valueOf(parse(argv, env));
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  return parsed.options;
}

describe('the flags of baton-xero’s service, and ours on top', () => {
  it('are off where nobody speaks of them', () => {
    expect(optionsOf('sync')).toMatchObject({
      provisioning: false,
      provisioningWaitMs: null,
      health: null,
      stateFolder: null,
      idleFlags: [],
    });
  });

  it.each([
    ['sync -p', {}],
    ['sync --provisioning', {}],
    ['sync --provisioning=true', {}],
    ['sync -p=1', {}],
    ['sync -pf out.c1z', {}],
    ['sync', { BATON_PROVISIONING: 'true' }],
    ['sync', { BATON_PROVISIONING: 'T' }],
    ['sync -p', { BATON_PROVISIONING: 'false' }],
  ])('take provisioning as on: %s %j', (argv, env) => {
    expect(optionsOf(argv, env).provisioning).toBe(true);
  });

  it.each([
    ['sync --provisioning=false', { BATON_PROVISIONING: 'true' }],
    ['sync -p=F', {}],
    ['sync', { BATON_PROVISIONING: '0', BATON_HEALTH_CHECK: 'false' }],
  ])('take provisioning as off: %s %j', (argv, env) => {
    expect(optionsOf(argv, env)).toMatchObject({ provisioning: false, idleFlags: [] });
  });

  it('say where the health check answers', () => {
    expect(optionsOf('sync --health-check').health).toEqual({
      port: 8081,
      bindAddress: '127.0.0.1',
    });
    const flags = '--health-check --health-check-port 9000 --health-check-bind-address 0.0.0.0';
    const health = { port: 9000, bindAddress: '0.0.0.0' };
    expect(optionsOf(`sync ${flags}`).health).toEqual(health);
    expect(
      optionsOf('sync', {
        BATON_HEALTH_CHECK: 'true',
        BATON_HEALTH_CHECK_PORT: '9000',
        BATON_HEALTH_CHECK_BIND_ADDRESS: '0.0.0.0',
      }).health,
    ).toEqual(health);
    expect(optionsOf('sync --health-check-port 9000').health).toBeNull();
  });

  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['8h', 28_800_000],
    ['1h30m', 5_400_000],
  ])('say how long a request waits: %s', (text, ms) => {
    expect(optionsOf(`sync --provisioning-wait ${text}`).provisioningWaitMs).toBe(ms);
    const env = { BATON_XERO_PROVISIONING_WAIT: text };
    expect(optionsOf('sync', env).provisioningWaitMs).toBe(ms);
  });

  it('name the folder that keeps what tasks were answered', () => {
    expect(optionsOf('sync --state-dir /var/lib/c1').stateFolder).toBe('/var/lib/c1');
    const env = { BATON_XERO_STATE_DIR: '/var/lib/c1' };
    expect(optionsOf('sync', env).stateFolder).toBe('/var/lib/c1');
  });

  const c1 = { BATON_CLIENT_ID: 'a@b/c', BATON_CLIENT_SECRET: 's' };

  it('have an effect with serve', () => {
    const flags =
      '--health-check --health-check-port 9000 --state-dir /var/lib/c1 --c1z-temp-dir /tmp';
    expect(optionsOf(`serve ${flags}`, c1).idleFlags).toEqual([]);
    expect(optionsOf('serve -p --provisioning-wait 8h', c1).idleFlags).toEqual([]);
  });

  it('let no request wait where none are taken, and say so', () => {
    for (const flags of ['--provisioning-wait 8h', '-p=false --provisioning-wait 8h']) {
      expect(optionsOf(`serve ${flags}`, c1).idleFlags).toEqual(['--provisioning-wait']);
    }
  });

  it('are named where the command has no use for them; the environment is for all commands', () => {
    expect(optionsOf('sync --health-check --state-dir /var/lib/c1 -f out.c1z').idleFlags).toEqual([
      '--state-dir',
      '--health-check',
    ]);
    const env = { BATON_HEALTH_CHECK: 'true', BATON_XERO_STATE_DIR: '/var/lib/c1' };
    expect(optionsOf('check', env).idleFlags).toEqual([]);
  });

  it.each([
    ['--provisioning=maybe', '--provisioning must be true or false; it is "maybe"'],
    ['--health-check=on', '--health-check must be true or false'],
    ['--health-check-port http', '--health-check-port must be a number from 1 to 65535'],
    ['--health-check-port 0', '--health-check-port'],
    ['--health-check-port 65536', '--health-check-port'],
    ['--health-check-bind-address example.com', '--health-check-bind-address must be an IP'],
    ['--provisioning-wait 8', '--provisioning-wait must be a length of time such as 30m or 8h'],
    ['--provisioning-wait soon', '--provisioning-wait'],
    ['--provisioning-wait 0s', '--provisioning-wait'],
    ['--provisioning-wait 24h1s', 'at most 24h'],
    ['--state-dir', '--state-dir has no value'],
  ])('are a wrong use with what doesn’t fit: %s', (flags, words) => {
    const failure = failureOf(parse(`sync ${flags}`, {}));
    expect(failure.code).toBe('usage');
    expect(failure.message).toContain(words);
  });
});
