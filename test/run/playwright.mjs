import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPrivateDesktop } from '../../scripts/desktop.mjs';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, playwrightCounts, total } from './counts.mjs';

/**
 * Drives the real app on a desktop of its own.
 * @param {string} results where the JSON report goes
 */
export async function runPlaywright(results) {
  const report = join(results, 'e2e.json');
  const code = await onPrivateDesktop(
    [
      process.execPath,
      join(ROOT, 'node_modules/playwright/cli.js'),
      'test',
      '--config=test/e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  if (!existsSync(report)) return broken('Playwright');
  const counts = playwrightCounts(JSON.parse(readFileSync(report, 'utf8')));
  return code !== 0 && counts.failed === 0 ? total([counts, broken('Playwright')]) : counts;
}
