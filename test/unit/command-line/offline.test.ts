import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../main/command-line/options.ts';
import { failureOf, valueOf } from '../results.ts';

const parse = (argv: string) => parseCommandLine(argv.split(' '), {}, false);

describe('k8s', () => {
  it('is for a custom connection in a namespace of its own, unless it is told otherwise', () => {
    expect(valueOf(parse('k8s'))).toEqual({
      kind: 'k8s',
      choices: { namespace: 'c1-xero', image: null, app: 'custom', secret: 'empty', proxy: null },
    });
    const flags =
      '--namespace governance --image images.example/c1:2 --app web --secret existing --proxy http://proxy.example:3128/';
    expect(valueOf(parse(`k8s ${flags}`))).toEqual({
      kind: 'k8s',
      choices: {
        namespace: 'governance',
        image: 'images.example/c1:2',
        app: 'web',
        secret: 'existing',
        proxy: 'http://proxy.example:3128',
      },
    });
  });

  it.each([
    ['--namespace Governance', '--namespace must be lower-case letters'],
    ['--image c1:2;rm', '--image must be the name of a container image'],
    ['--app desktop', '--app must be custom, web'],
    ['--secret full', '--secret must be empty, existing'],
    ['--proxy proxy.example:3128', '--proxy must be an address such as http://proxy.example:3128'],
    ['--client-secret s', '--client-secret isn’t a flag of k8s'],
    ['--endpoint live', '--endpoint isn’t a flag of k8s'],
    ['--json', '--json isn’t a flag of k8s'],
    ['all', 'After k8s there are only flags'],
  ])('doesn’t take %s', (flags, words) => {
    expect(failureOf(parse(`k8s ${flags}`))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(words) as string,
    });
  });

  it('takes no password into a manifest, and doesn’t repeat it', () => {
    const { message } = failureOf(parse('k8s --proxy http://ana:hunter2@proxy.example:3128'));
    expect(message).toContain('put HTTPS_PROXY into the Secret');
    expect(message).not.toContain('hunter2');
  });
});

describe('health-check', () => {
  it('asks the address that serve answers at by default', () => {
    expect(valueOf(parse('health-check'))).toEqual({
      kind: 'healthCheck',
      at: { port: 8081, bindAddress: '127.0.0.1' },
      endpoint: 'health',
      timeoutMs: 5000,
    });
    expect(valueOf(parse('health-check --endpoint ready --timeout 20'))).toMatchObject({
      endpoint: 'ready',
      timeoutMs: 20_000,
    });
  });

  it.each(['--json', '--endpoint metrics', '--timeout 0', '--timeout soon', '--timeout 601'])(
    'doesn’t take %s',
    (flags) => {
      expect(failureOf(parse(`health-check ${flags}`)).code).toBe('usage');
    },
  );
});
