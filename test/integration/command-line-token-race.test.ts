import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openTerminal } from './command-line.ts';

it('two processes never spend one token: the second is told who holds it', async () => {
  const terminal = await openTerminal();
  const { c1 } = terminal.sandbox;
  const env = { ...terminal.webApp, BATON_XERO_TOKEN_FILE: terminal.path('token.json') };
  const serving = terminal.start(['serve'], { ...env, ...terminal.c1 });
  await c1.waitFor('hello');
  const before = terminal.sandbox.xero.requests().length;
  const second = await terminal.run(['sync'], env);
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toMatch(/The token file is in use by c1-xero, process \d+ on /);
  expect(terminal.sandbox.xero.requests()).toHaveLength(before);
  serving.signal('SIGTERM');
  expect(await serving.ended).toMatchObject({ code: 0 });
  expect(await terminal.run(['sync'], env)).toMatchObject({ code: 0 });
  expect(await readdir(terminal.folder)).not.toContain('token.json.lock');
});
