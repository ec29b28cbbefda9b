import { join } from 'node:path';
import { run } from '../../scripts/process.mjs';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, PASSED, total } from './counts.mjs';

/**
 * Ten kills around refreshes, ten around the steps of changing C1's credential, ten around those of
 * changing the Xero app, and ten in open requests: by these seeds, of every kind. Each ten counts as one test. `npm run kill-test`
 * does 300 of any of them.
 */
export async function runKills() {
  return total([
    await kills('refreshes', 8),
    await kills('rotations', 7),
    await kills('app-changes', 5123),
    await kills('requests', 3),
  ]);
}

async function kills(what, seed) {
  const program = ['--import', 'tsx', join(ROOT, 'test/kill/main.ts'), what];
  const code = await run(process.execPath, [...program, '--kills', '10', '--seed', String(seed)], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return code === 0 ? PASSED : broken(`kill: ${what}`);
}
