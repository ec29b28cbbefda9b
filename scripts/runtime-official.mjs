import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './process.mjs';
import { cacheFolder, officialRuntime, officialVersion } from './runtime.mjs';

const STALL_MS = 20_000;
const ASK_AGAIN_MS = 24 * 3600_000;

/**
 * Fetches the pinned Electron by its own installer, whose checksums travel in its package. Gives up when nothing moves for 20 s.
 * @param {string} root
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<boolean>} whether it is here now
 */
export async function fetchOfficial(root, say) {
  const version = officialVersion(root);
  say.step(`Fetching Electron ${version}`);
  const refused = refusalFile(version);
  try {
    await download(root, version, say);
    const code = await run(process.execPath, [join(root, 'node_modules/electron/install.js')]);
    if (code !== 0) throw new Error('it could not be unpacked');
  } catch (error) {
    say.step(`  not to be had here (${reason(error)})`);
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(refused, '');
    return false;
  }
  rmSync(refused, { force: true });
  return officialRuntime(root) !== undefined;
}

/**
 * Whether fetching failed within the last day: then the fallback serves without asking again.
 * @param {string} root
 */
export function refusedLately(root) {
  const file = refusalFile(officialVersion(root));
  return existsSync(file) && Date.now() - statSync(file).mtimeMs < ASK_AGAIN_MS;
}

function refusalFile(version) {
  return join(cacheFolder(), `electron-${version}-not-reachable`);
}

/** Fills the installer's own cache, with progress, which the installer by itself shows late or never. */
async function download(root, version, say) {
  const require = createRequire(join(root, 'node_modules/electron/install.js'));
  const { downloadArtifact } = await import(pathToFileURL(require.resolve('@electron/get')).href);
  const giveUp = new AbortController();
  const stalled = () => giveUp.abort(new Error('no answer'));
  let timer = setTimeout(stalled, STALL_MS);
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      checksums: require('./checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: giveUp.signal,
        getProgressCallback: async ({ percent }) => {
          clearTimeout(timer);
          timer = setTimeout(stalled, STALL_MS);
          say.progress(`${Math.round(percent * 100)} %`);
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

function reason(error) {
  const cause = error.cause ?? error;
  return cause.code ?? cause.message;
}
