import { join } from 'node:path';
import { run } from '../../scripts/process.mjs';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, PASSED } from './counts.mjs';

/** Ten kills around refreshes, of every kind by this seed, which count as one test; `npm run kill-test` does 300. */
export async function runKills() {
  const program = [
    '--import',
    'tsx',
    join(ROOT, 'test/kill/main.ts'),
    '--kills',
    '10',
    '--seed',
    '8',
  ];
  const code = await run(process.execPath, program, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return code === 0 ? PASSED : broken('kill');
}
