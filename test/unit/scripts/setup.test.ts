import { describe, expect, it } from 'vitest';
import { agree } from '../../../scripts/packages.mjs';
import { cacheFolder, refusalToPackage, warningOfTestRuntime } from '../../../scripts/runtime.mjs';
import { speaker } from '../../../scripts/say.mjs';

describe('installed packages agree with the lock file', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
      'node_modules/only-on-windows': { version: '1.0.0', optional: true },
    },
  };

  it('when all but other platforms’ packages are there', () => {
    const zod = { version: '4.6.7', integrity: 'sha512-a' };
    expect(agree(lock, { packages: { 'node_modules/zod': zod } })).toBe(true);
  });

  it.each([
    ['is missing', {}],
    ['has another version', { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } }],
    ['has other contents', { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-b' } }],
  ])('but not when one %s', (_what, packages) => {
    expect(agree(lock, { packages })).toBe(false);
  });
});

describe('the cache folder', () => {
  it.each([
    ['linux', {}, '/home/jo/.cache/c1-xero'],
    ['linux', { XDG_CACHE_HOME: '/cache' }, '/cache/c1-xero'],
    ['darwin', {}, '/home/jo/Library/Caches/c1-xero'],
    ['linux', { C1_XERO_CACHE: '/kept', XDG_CACHE_HOME: '/thrown-away' }, '/kept'],
  ] as const)('on %s with %o is %s', (platform, env, folder) => {
    expect(cacheFolder(env, platform, '/home/jo')).toBe(folder);
  });
});

describe('the test runtime', () => {
  const own = { fallback: false, version: '45.4.1' };
  const test = { fallback: true, version: '33.2.1' };

  it('is packaged into a folder, and into no installer', () => {
    expect(refusalToPackage(own, ['--linux', 'deb'])).toBeUndefined();
    expect(refusalToPackage(test, [])).toBeUndefined();
    expect(refusalToPackage(test, ['--dir', '-c.directories.output=elsewhere'])).toBeUndefined();
    expect(refusalToPackage(test, ['--linux', 'deb'])).toContain('only a test runtime');
    expect(refusalToPackage(test, ['--dir', '--win'])).toContain('only a test runtime');
  });

  it('is named as one when the app is started in it', () => {
    expect(warningOfTestRuntime(own, '45.4.1')).toBeUndefined();
    expect(warningOfTestRuntime(test, '45.4.1')).toMatch(
      /test runtime, Electron 33\.2\.1.*45\.4\.1/,
    );
  });
});

describe('what set-up says', () => {
  const paper = (isTTY: boolean) => {
    let text = '';
    return { isTTY, write: (more: string) => (text += more), text: () => text };
  };

  it('is silent, when asked to be quiet, unless it does something', () => {
    const out = paper(false);
    const say = speaker({ quiet: true, out });
    say.note('Ready.');
    say.step('Building the app');
    expect(out.text()).toBe('Building the app\n');
  });

  it('shows progress as one moving line on a terminal', () => {
    const out = paper(true);
    const say = speaker({ out });
    say.progress('1 %');
    say.progress('2 %');
    say.step('Unpacking it');
    const lines = out.text().split('\r\u001b[K');
    expect(lines).toEqual(['', '  1 %', '  2 %', 'Unpacking it\n']);
  });
});
