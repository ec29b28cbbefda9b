import { total } from './counts.mjs';
import { runPromises } from './promises.mjs';

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

function kills(what, seed) {
  const args = ['test/kill/main.ts', what, '--kills', '10', '--seed', String(seed)];
  return runPromises(`kill: ${what}`, args);
}
