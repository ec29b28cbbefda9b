import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './process.mjs';
import { Stop } from './say.mjs';

/**
 * npm packages as the lock file says, without touching a node_modules that already agrees with it.
 * @param {string} root
 * @param {import('./say.mjs').Say} say
 */
export async function ensurePackages(root, say) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules/.setup-stamp');
  const installed = join(root, 'node_modules/.package-lock.json');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(installed)) {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
    if (agree(JSON.parse(lock), JSON.parse(readFileSync(installed, 'utf8')))) {
      writeFileSync(stamp, wanted);
      return;
    }
  }
  say.step('Installing npm packages (about a minute the first time)');
  const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0) throw new Stop('npm couldn’t install the packages. Its reason is above.');
  writeFileSync(stamp, wanted);
}

/**
 * Whether what npm noted as installed is what the lock file asks for. Optional packages of other platforms may be absent.
 * @param {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string, integrity?: string }> }} installed
 */
export function agree(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}
