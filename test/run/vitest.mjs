import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../scripts/process.mjs';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, total, vitestCounts } from './counts.mjs';

/**
 * Runs the tests below the given folders in plain Node.
 * @param {string} results where the JSON report goes
 * @param {string[]} folders
 */
export async function runVitest(results, folders) {
  const name = folders.join('-').replaceAll('/', '-');
  const report = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(
    process.execPath,
    [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...folders, ...reporters],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (!existsSync(report)) return broken(name);
  const counts = vitestCounts(JSON.parse(readFileSync(report, 'utf8')));
  // An error outside every test fails the run without failing a test.
  return code !== 0 && counts.failed === 0 ? total([counts, broken(name)]) : counts;
}
