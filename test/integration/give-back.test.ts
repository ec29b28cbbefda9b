import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { findRuntime, ROOT } from '../../scripts/runtime.mjs';

const run = promisify(execFile);

/** In a call of its own, so that nothing else holds what is lost. */
const SCRIPT = `
import { giveBack } from './main/desktop/give-back.ts';
const held = {};
const weakly = (what) => new WeakRef(what);
const [kept, lost] = [weakly(held), (() => weakly({}))()];
// A weak reference keeps what it names until the present turn is over.
await new Promise((resolve) => setImmediate(resolve));
giveBack();
console.log(JSON.stringify({ kept: kept.deref() === held, lost: lost.deref() === undefined }));
`;

it('the app’s engine gives back what nothing holds any more, and nothing else', async () => {
  const { path = '' } = findRuntime(ROOT) ?? {};
  const args = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await run(path, args, { cwd: ROOT, env });
  expect(JSON.parse(stdout)).toEqual({ kept: true, lost: true });
});
