// Usage: npm test [-- unit|integration|kill|soak|e2e|interop ...], or npm run screens. Without names, everything.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onPrivateDesktop } from '../scripts/desktop.mjs';
import { ROOT } from '../scripts/runtime.mjs';
import { total } from './run/counts.mjs';
import { runGo } from './run/go.mjs';
import { runKills } from './run/kill.mjs';
import { runPlaywright } from './run/playwright.mjs';
import { runSoak } from './run/soak.mjs';
import { runVitest } from './run/vitest.mjs';

const results = join(ROOT, 'test/results');
const suites = {
  unit: () => runVitest(results, ['test/unit']),
  integration: () => runVitest(results, ['test/integration']),
  kill: () => runKills(),
  soak: () => runSoak(),
  e2e: () => runPlaywright(results),
  interop: () => runGo(process.env['REQUIRE_INTEROP'] === '1'),
};
/** Run by name alone. */
const others = { conformance: () => runGo(true, 'write') };

/** Runs the named suites one after another, so that two cores suffice, and says the sum on the last line. */
async function test(names) {
  const unknown = names.filter((name) => !(name in suites || name in others));
  if (unknown.length > 0) {
    console.error(
      `No suite is named ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}`,
    );
    return 2;
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const counts = [];
  for (const name of names.length > 0 ? names : Object.keys(suites)) {
    console.log(`\n── ${name} ──`);
    counts.push(await { ...suites, ...others }[name]());
  }
  const { passed, failed, skipped, told } = total(counts);
  if (told.length > 0) console.log(`\n── failed or skipped ──\n${told.join('\n')}`);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : 0;
}

/** Takes a picture of every screen, light and dark, into test/results/screens. */
function screens() {
  return onPrivateDesktop([
    process.execPath,
    '--import',
    'tsx',
    'test/e2e/screens/take.ts',
    'test/results/screens',
  ]);
}

process.chdir(ROOT);
const names = process.argv.slice(2);
process.exitCode = names[0] === 'screens' ? await screens() : await test(names);
