import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWindowRequest, APP_PAGE, fileOf } from '../../../main/desktop/window-files.ts';

const FOLDER = join('/', 'app', 'renderer');

describe('an address of the window', () => {
  it.each([
    ['app://window/index.html', join(FOLDER, 'index.html')],
    ['app://window/assets/app.js?v=1#top', join(FOLDER, 'assets', 'app.js')],
    ['app://window/a%20b.css', join(FOLDER, 'a b.css')],
    ['app://window/assets/../index.html', join(FOLDER, 'index.html')],
  ])('%s is a file of the app', (address, path) => {
    expect(fileOf(address, FOLDER)).toBe(path);
  });

  it.each([
    'app://window/..%2fmain%2findex.js',
    'app://window/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    'app://window/assets%2f..%2f..%2fmain.js',
    'app://window/..%2frenderer-secrets%2fkey',
    'app://other/index.html',
    'app:///index.html',
    'https://window/index.html',
    'file:///etc/passwd',
    'app://window/%E0%A4%A',
    'not an address',
  ])('%s is none', (address) => {
    expect(fileOf(address, FOLDER)).toBeNull();
  });

  it('stays inside also when it climbs and comes back', () => {
    const path = fileOf('app://window/%2e%2e/%2e%2e/etc/passwd', FOLDER);
    expect(path === null || path.startsWith(FOLDER)).toBe(true);
  });
});

describe('the window’s pages', () => {
  let folder: string;
  beforeAll(async () => {
    const root = await mkdtemp(join(tmpdir(), 'window-'));
    folder = join(root, 'renderer');
    await mkdir(folder);
    await writeFile(join(root, 'secret.html'), 'secret');
    await writeFile(join(folder, 'index.html'), '<style nonce="__CSP_NONCE__"></style>');
    await writeFile(join(folder, 'app.js'), 'run("__CSP_NONCE__")');
    await writeFile(join(folder, 'data.bin'), Buffer.of(0, 255, 1));
  });
  afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const ask = (address: string) => answerWindowRequest(address, folder);
  const policyOf = (response: Response) => response.headers.get('Content-Security-Policy') ?? '';

  it('may run nothing but the app’s own files', async () => {
    const directives = policyOf(await ask(APP_PAGE)).split('; ');
    expect(directives).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      expect.stringMatching(/^style-src 'self' 'nonce-[\w+/]{22}=='$/),
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('carry the nonce of their policy, another one each time', async () => {
    const [one, other] = [await ask(APP_PAGE), await ask(APP_PAGE)];
    const nonce = /nonce-([^']+)/.exec(policyOf(one))?.[1] ?? 'none';
    expect(await one.text()).toBe(`<style nonce="${nonce}"></style>`);
    expect(policyOf(other)).not.toContain(nonce);
  });

  it('are sent with their type, byte for byte', async () => {
    const script = await ask('app://window/app.js');
    expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await script.text()).toBe('run("__CSP_NONCE__")');
    const data = await ask('app://window/data.bin');
    expect(new Uint8Array(await data.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 1));
  });

  it.each([
    ['a file that isn’t there', 'app://window/absent.js'],
    ['the folder itself', 'app://window/'],
    ['a file beside the folder', 'app://window/..%2fsecret.html'],
    ['a name that no file can have', 'app://window/a%00.html'],
    ['an address that can’t be decoded', 'app://window/%E0%A4%A'],
  ])('answer 404 for %s', async (_what, address) => {
    const response = await ask(address);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });
});
