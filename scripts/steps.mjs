import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { hasDisplay } from './desktop.mjs';
import { ensurePackages } from './packages.mjs';
import { fallbackFits, makeFallback } from './runtime-fallback.mjs';
import { fetchOfficial, refusedLately } from './runtime-official.mjs';
import { ROOT, fallbackRuntime, findRuntime, officialRuntime } from './runtime.mjs';
import { Stop } from './say.mjs';

const SET_USER_ID = 0o4000;

/** What each command needs: Electron, a built app, and which Debian packages. */
const NEEDS = {
  start: { electron: true, build: true, debian: 'libraries' },
  demo: { electron: true, build: true, debian: hasDisplay() ? 'libraries' : 'desktop' },
  test: { electron: true, build: true, debian: 'desktop' },
  everything: { electron: true, build: true, debian: 'desktop' },
  package: { electron: true, build: true },
  build: { build: true },
  connector: { build: true },
  sandbox: {},
  packages: {},
};

/**
 * Makes this checkout ready for a command; does nothing, quickly, when it is.
 * @param {string | undefined} purpose
 * @param {import('./say.mjs').Say} say
 */
export async function setUp(purpose, say) {
  const needs = NEEDS[purpose];
  if (needs === undefined) throw new Stop(`--for takes one of: ${Object.keys(NEEDS).join(', ')}`);
  if (purpose === 'start' && !hasDisplay()) {
    throw new Stop(
      'There is no display here, and the app needs one. “npm run demo” works without.',
    );
  }
  await ensurePackages(ROOT, say);
  if (needs.debian) await ensureDebianPackages({ desktop: needs.debian === 'desktop' }, say);
  if (needs.electron) await ensureElectron(purpose, say);
  if (needs.build) await ensureBuild(ROOT, say);
  say.note('Ready.');
}

/** The official Electron whenever it can be had, else the fallback where it fits. Says which one it is. */
async function ensureElectron(purpose, say) {
  const enough =
    officialRuntime(ROOT) ?? (purpose !== 'everything' && refusedLately(ROOT) && fallbackRuntime());
  if (!enough && !(await fetchOfficial(ROOT, say)) && !fallbackRuntime()) {
    if (!fallbackFits) {
      throw new Stop(
        'Electron couldn’t be fetched. Connect to the internet (or set ELECTRON_MIRROR to a mirror of its releases), then try again.',
      );
    }
    await makeFallback(say);
  }
  const { version, fallback, folder } = findRuntime(ROOT);
  say.note(`Electron ${version}${fallback ? ', a test runtime' : ''}`);
  if (sandboxNeedsRoot(folder)) {
    const helper = join(folder, 'chrome-sandbox');
    say.note(`If the app doesn’t open, this system keeps Electron’s sandbox from starting. Run once:
  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`);
  }
}

/** Ubuntu from 23.10 lets no ordinary program make the namespaces that Electron's sandbox is made of; then its helper must be root's. */
function sandboxNeedsRoot(folder) {
  const rule = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (process.getuid?.() === 0 || !existsSync(rule) || readFileSync(rule, 'utf8').trim() !== '1') {
    return false;
  }
  const { uid, mode } = statSync(join(folder, 'chrome-sandbox'));
  return uid !== 0 || (mode & SET_USER_ID) === 0;
}
