import { expect, it } from 'vitest';
import { openTerminal } from './command-line.ts';

/** At its end a program says which parts of Node it had loaded. */
const TELL = `process.on('exit', () => process.stderr.write('loaded ' + process.moduleLoadList.join()))`;
const TELLING = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL)}`,
};

it('no call to Xero or C1 loads Node’s own fetch, whose WebAssembly costs memory for good', async () => {
  const terminal = await openTerminal();
  const { c1 } = terminal.sandbox;
  c1.enqueue('sync_full');
  const serving = terminal.start(['serve'], { ...terminal.webApp, ...terminal.c1, ...TELLING });
  await c1.waitFor('finished', () => true);
  serving.signal('SIGTERM');
  const { code, stderr } = await serving.ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/loaded .*internal\/modules/);
  expect(stderr).not.toContain('undici');
});
