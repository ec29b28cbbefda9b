import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../scripts/runtime.mjs';
import { broken, goCounts, PASSED, printed, total } from './counts.mjs';

/** Each with versions of its own: C1's modules, and Kubernetes' types. */
const MODULES = ['test/interop', 'test/interop/k8s'];

/**
 * Holds us against C1's own Go modules and Kubernetes' types.
 * Afterwards docs/conformance.md is held against what they found.
 * @param {boolean} required whether it is a failure when there is no Go
 * @param {'check' | 'write'} table whether that document is compared or made anew
 */
export async function runGo(required, table = 'check') {
  if (spawnSync('go', ['version']).status !== 0) {
    console.log(
      required
        ? 'Failed: there is no Go here, and REQUIRE_INTEROP asks for it.'
        : 'Skipped: there is no Go here. With Go 1.25 or newer installed, this holds us against C1’s own modules.',
    );
    const told = ['- Everything that C1’s own modules judge was skipped: there is no Go here'];
    return required ? broken('Go') : { passed: 0, failed: 0, skipped: 1, told };
  }
  const counts = [];
  for (const module of MODULES) counts.push(await judge(module));
  return total([...counts, conformance(table)]);
}

/** Runs the tests of one Go module. */
async function judge(module) {
  // -count=1: Go's cache can't see our TypeScript. `.` alone: the folders below are tools of the tests.
  const child = spawn('go', ['test', '-count=1', '-vet=off', '-timeout=30m', '-json', '.'], {
    cwd: join(ROOT, module),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const events = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = parse(line);
    if (event === undefined) console.log(line);
    else events.push(event);
    if (event?.Test !== undefined) tell(event, events);
    else if (event?.Action === 'build-output') process.stdout.write(event.Output);
  }
  const [code] = await ended;
  const counts = goCounts(events);
  return code !== 0 && counts.failed === 0 ? total([counts, broken(module)]) : counts;
}

/** The table counts as one more test: every rule judged, none broken, and the document up to date. */
function conformance(table) {
  const program = ['--import', 'tsx', 'test/interop/conformance.ts', table];
  const { status } = spawnSync(process.execPath, program, { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? PASSED : broken('docs/conformance.md');
}

/** Go writes what isn't about a test, such as a module that can't be fetched, as plain text between the events. */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** One line for each test; what it printed only when it failed. */
function tell(ended, events) {
  const { Action, Test, Elapsed } = ended;
  const marks = { pass: '✓', fail: '✗', skip: '-' };
  if (!(Action in marks)) return;
  console.log(` ${marks[Action]} ${Test} (${Elapsed} s)`);
  if (Action === 'fail') process.stdout.write(printed(events, ended));
}
