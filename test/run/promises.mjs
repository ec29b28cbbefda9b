import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, PASSED } from './counts.mjs';

/** How such a program says that a promise was broken. */
const BROKEN = 'BROKEN: ';

/**
 * Runs a program that counts as one test, and says itself which promises were broken.
 * @param {string} what
 * @param {string[]} args for Node
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runPromises(what, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const problems = [];
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.startsWith(BROKEN)) problems.push(line.slice(BROKEN.length));
  }
  const [code] = await ended;
  if (code === 0) return PASSED;
  return problems.length === 0 ? broken(what) : broken(what, problems.join('\n'));
}
