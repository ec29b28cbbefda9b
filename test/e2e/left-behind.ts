import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import type { Sandbox } from '../sandbox/start.ts';
import { filesIn } from './files-in.ts';
import type { RealApp } from './real-app.ts';

type LeftApp = Pick<RealApp, 'profile' | 'output'>;
type Clouds = Pick<Sandbox, 'secrets' | 'world'>;

/** How much of a secret tells it: what was cut off or wrapped in something else is found too. */
const TELLING = 40;
/** Electron's helpers end a moment after the app. */
const LAST_BREATH_MS = 10_000;

/** What an app that has quit must not leave: a secret or a name where none belongs, a file for C1, a process. */
export async function expectNothingLeft(app: LeftApp, sandbox: Clouds): Promise<void> {
  await expectNoSecrets(app, sandbox.secrets());
  const log = await readFile(join(app.profile, 'logs/app.log'), 'utf8').catch(() => '');
  for (const name of sandbox.world.names()) expect(log, 'a name in the log').not.toContain(name);
  expect(log, 'an e-mail address in the log').not.toContain('@');
  expect(await readdir(join(app.profile, 'sync')).catch(() => [])).toEqual([]);
  await expect.poll(() => processesOf(app.profile), { timeout: LAST_BREATH_MS }).toEqual([]);
}

/** Neither the profile nor anything printed holds one of them, in either of the encodings that Chromium writes. */
export async function expectNoSecrets(app: LeftApp, secrets: readonly string[]): Promise<void> {
  const files = await filesIn(app.profile);
  expect(files.map(([path]) => path)).toContain(join(app.profile, 'settings.json'));
  for (const [place, bytes] of [...files, ['the output', Buffer.from(app.output)] as const]) {
    for (const secret of secrets) {
      const telling = secret.slice(-TELLING);
      const found = bytes.includes(telling) || bytes.includes(telling, 0, 'utf16le');
      expect(found, `a secret in ${place}`).toBe(false);
    }
  }
}

/** The command lines of what still runs on this profile, helpers included. Only Linux tells them as files. */
export async function processesOf(profile: string): Promise<readonly string[]> {
  return (await programsOf(profile)).map(({ line }) => line);
}

/** What runs with this folder in its command line. Only Linux tells it as files. */
export async function programsOf(
  folder: string,
): Promise<readonly { readonly id: number; readonly line: string }[]> {
  if (process.platform !== 'linux') return [];
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const programs = await Promise.all(
    ids.map(async (id) => {
      // One that has ended meanwhile can't be read any more.
      const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      return { id: Number(id), line: line.replaceAll('\0', ' ') };
    }),
  );
  return programs.filter(({ line }) => line.includes(folder));
}
