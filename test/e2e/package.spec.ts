import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'playwright/test';
import { run } from '../../scripts/process.mjs';
import { findRuntime, ROOT, sandboxFlags } from '../../scripts/runtime.mjs';
import { PRODUCT_NAME } from '../../shared/words.ts';
import { freePort } from '../unit/xero/ports.ts';
import { processesOf } from './left-behind.ts';
import { coloursOnScreen, findWindow } from './x11.ts';

test.skip(process.platform !== 'linux', 'Other systems’ packages are made on those systems.');

/** The app as it is packaged, in a folder for these tests alone. */
let folder: string;
let unpacked: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'c1-xero-packaged-'));
  unpacked = join(folder, 'linux-unpacked');
  const packing = ['scripts/package.mjs', '--dir', `-c.directories.output=${folder}`];
  expect(await run(process.execPath, packing, { cwd: ROOT, stdio: 'ignore' })).toBe(0);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('has every fuse as it must be', async () => {
  const wire = await getCurrentFuseWire(program());
  const isOn = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    otherSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspect: false,
    fileProtocol: false,
    otherSnapshot: false,
    cookieEncryption: true,
    asarIntegrity: true,
    onlyFromAsar: true,
  });
});

test('holds what it runs on and nothing else, in under 25 MB', async () => {
  const archive = join(unpacked, 'resources/app.asar');
  const held = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
  const belongs = [
    /^\/(out|main|main\/desktop|node_modules)$/,
    /^\/out\/(main|preload|renderer)(\/|$)/,
    /^\/main\/desktop\/icons(\/[\w@-]+\.(png|ico))?$/,
    /^\/node_modules\/(keytar|node-sqlite3-wasm)(\/|$)/,
    /^\/(package\.json|LICENSE)$/,
  ];
  expect(held.filter((path) => !belongs.some((each) => each.test(path)))).toEqual([]);
  expect(held.filter((path) => /\.(map|tsx?|cc|nsh)$|sandbox|\.test\./.test(path))).toEqual([]);
  expect(held).toContain('/out/main/licences.txt');
  expect(held.filter((path) => path.endsWith('/keytar.node'))).toEqual([
    `/node_modules/keytar/prebuilds/linux-${process.arch}/keytar.node`,
  ]);

  const runtime = findRuntime(ROOT);
  const bare = await bytesIn(runtime?.folder ?? '', 'resources/');
  const added = (await bytesIn(unpacked)) - bare;
  console.log(`      the package is ${(added / 1e6).toFixed(1)} MB over the bare runtime`);
  expect(added).toBeLessThan(25e6);
});

test('opens its window, whatever the environment and the command line tell Electron to do instead', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'c1-xero-packaged-profile-'));
  const marker = join(profile, 'foreign');
  const foreign = join(profile, 'foreign.cjs');
  await writeFile(foreign, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`);
  const port = await freePort();
  const args = [...sandboxFlags(), `--user-data-dir=${profile}`, `--inspect=${port}`];
  const app = spawn(program(), args, {
    stdio: 'ignore',
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--require=${foreign}`,
      // Named for tests and private gateways; the packaged app listens to none of it.
      XERO_API_URL: 'http://example.com',
    },
  });
  try {
    await expect.poll(() => findWindow(PRODUCT_NAME)).toEqual({ width: 1040, height: 720 });
    // An empty page has a colour or two.
    await expect.poll(coloursOnScreen).toBeGreaterThan(100);
    await expect.poll(() => logOf(profile)).toContain('app.started');
    expect(await answers(port)).toBe(false);
    await expect(access(marker)).rejects.toThrow('ENOENT');
    await quit(app);
    expect(app.exitCode).toBe(0);
    await expect.poll(() => processesOf(profile)).toEqual([]);
  } finally {
    app.kill('SIGKILL');
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

function program(): string {
  return join(unpacked, 'c1-xero-desktop');
}

/** Of all files below a folder, but for those of one folder in it. */
async function bytesIn(root: string, without?: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => without === undefined || !relative(root, path).startsWith(without));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function logOf(profile: string): Promise<string> {
  return readFile(join(profile, 'logs/app.log'), 'utf8').catch(() => '');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function quit(app: ChildProcess): Promise<void> {
  const ended = once(app, 'exit');
  app.kill('SIGTERM');
  await ended;
}
