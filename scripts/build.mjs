import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';
import { Stop } from './say.mjs';

const SOURCES = ['main', 'renderer', 'shared'];
const SETTINGS = [
  'electron.vite.config.ts',
  'licences.config.ts',
  'bundled-packages.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * `out/` built from the sources as they are now; a stamp of their contents says whether it already is.
 * @param {string} root
 * @param {import('./say.mjs').Say} say
 */
export async function ensureBuild(root, say) {
  const stamp = join(root, 'out/.stamp');
  const wanted = contents(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  say.step('Building the app');
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const code = await run(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: root });
  if (code !== 0) throw new Stop('The app couldn’t be built. The reason is above.');
  writeFileSync(stamp, wanted);
}

/** One hash over the names and bytes of everything the build reads. */
function contents(root) {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const paths = files.map((file) => join(file.parentPath ?? file.path, file.name)).sort();
    for (const path of paths) hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  for (const file of SETTINGS) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
