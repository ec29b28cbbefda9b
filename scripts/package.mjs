// Usage: node scripts/package.mjs [electron-builder's arguments]; without any, an unpacked app for this platform, of the Electron that is here.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process.mjs';
import { ROOT, findRuntime, refusalToPackage } from './runtime.mjs';

const asked = process.argv.slice(2);
const runtime = findRuntime(ROOT);
const refusal = refusalToPackage(runtime, asked);
if (refusal === undefined) {
  process.exitCode = runtime.fallback ? await packageOnFallback() : await pack([]);
} else {
  console.error(refusal);
  process.exitCode = 1;
}

/** electron-builder, which fetches the pinned Electron of each architecture by itself unless told otherwise. */
function pack(more) {
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  const args = [...(asked.length > 0 ? asked : ['--dir']), '--publish=never', ...more];
  return run(process.execPath, [builder, ...args], { cwd: ROOT, stdio: 'inherit' });
}

/** On a copy without the app that travels in the fallback: Electron would run that one instead of ours. */
async function packageOnFallback() {
  console.log(`In a test runtime, Electron ${runtime.version}: to try it here, never to ship it.`);
  const dist = mkdtempSync(join(tmpdir(), 'c1-xero-package-'));
  const ownApp = join(runtime.folder, 'resources/app');
  try {
    cpSync(runtime.folder, dist, { recursive: true, filter: (path) => path !== ownApp });
    return await pack([`-c.electronDist=${dist}`, `-c.electronVersion=${runtime.version}`]);
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}
