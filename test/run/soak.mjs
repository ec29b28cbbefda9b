import { join } from 'node:path';
import { run } from '../../scripts/process.mjs';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, PASSED } from './counts.mjs';

/** A minute of the soak, which counts as one test; `npm run soak` is the long one. */
export async function runSoak() {
  const program = ['--import', 'tsx', join(ROOT, 'test/soak/main.ts'), '--seconds', '60'];
  const code = await run(process.execPath, program, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return code === 0 ? PASSED : broken('soak');
}
