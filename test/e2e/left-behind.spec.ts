import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { World } from '../sandbox/world.ts';
import { expectNothingLeft, processesOf } from './left-behind.ts';

/** The search after every test (stage.ts) is itself held to find what it looks for. */

const SECRET = `begins-${'x'.repeat(40)}`;
const clouds = { world: new World(), secrets: () => [SECRET] };
let profile: string;

test.beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'c1-xero-left-'));
  await writeFile(join(profile, 'settings.json'), '{}');
});
test.afterEach(() => rm(profile, { recursive: true }));

const LEFT: readonly [string, string, string | Buffer, string | RegExp][] = [
  ['a secret in a file', 'Cache/data_1', `…${SECRET}…`, /a secret in .*data_1/],
  ['the end of one, as Chromium writes it', 'a', Buffer.from(SECRET.slice(7), 'utf16le'), /secret/],
  ['a name in the log', 'logs/app.log', 'Aroha', 'a name in the log'],
  ['an address in the log', 'logs/app.log', 'x@y', 'an e-mail address in the log'],
  ['a file for C1', 'sync/1.sync.c1z', '', /1\.sync\.c1z/],
];
for (const [what, file, content, complaint] of LEFT) {
  test(`it finds ${what}`, async () => {
    await mkdir(dirname(join(profile, file)), { recursive: true });
    await writeFile(join(profile, file), content);
    await expect(expectNothingLeft({ profile, output: '' }, clouds)).rejects.toThrow(complaint);
  });
}

test('it finds a secret in the output, and nothing where there is nothing', async () => {
  await expectNothingLeft({ profile, output: 'well' }, clouds);
  const app = { profile, output: SECRET };
  await expect(expectNothingLeft(app, clouds)).rejects.toThrow('a secret in the output');
});

test('it finds a process', async () => {
  test.skip(process.platform !== 'linux', 'only Linux tells command lines as files');
  const left = spawn('tail', ['-f', join(profile, 'settings.json')]);
  await once(left, 'spawn');
  await expect.poll(() => processesOf(profile)).toHaveLength(1);
  left.kill();
  await once(left, 'exit');
  expect(await processesOf(profile)).toEqual([]);
});
