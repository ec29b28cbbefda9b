// Usage: node scripts/run.mjs start|demo
import { join } from 'node:path';
import { demoWithDisplay } from './demo.mjs';
import { hasDisplay, onPrivateDesktop } from './desktop.mjs';
import { run } from './process.mjs';
import {
  ROOT,
  findRuntime,
  officialVersion,
  sandboxFlags,
  warningOfTestRuntime,
} from './runtime.mjs';

/** Opens the built app against the real Xero and C1. */
function start() {
  const runtime = findRuntime(ROOT);
  const warning = warningOfTestRuntime(runtime, officialVersion(ROOT));
  if (warning !== undefined) console.warn(warning);
  return run(runtime.path, [...sandboxFlags(), ROOT], { stdio: 'inherit' });
}

/** The main job against the sandbox: by a person where there is a display, else by itself. */
function demo() {
  if (hasDisplay()) return demoWithDisplay();
  return onPrivateDesktop([process.execPath, '--import', 'tsx', join(ROOT, 'test/e2e/demo.ts')]);
}

const commands = { start, demo };
const command = commands[process.argv[2]];
if (command === undefined) {
  console.error('Usage: node scripts/run.mjs start|demo');
  process.exitCode = 2;
} else {
  process.chdir(ROOT);
  process.exitCode = await command();
}
