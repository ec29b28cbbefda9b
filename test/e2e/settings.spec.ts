import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { keychainKeys } from './keychain.ts';
import { doMainJob, type Stage } from './main-job.ts';
import { relaunched } from './relaunched.ts';
import { expect, test } from './stage.ts';

const CONFIG = process.env['XDG_CONFIG_HOME'] ?? join(process.env['HOME'] ?? '', '.config');
const AUTOSTART = join(CONFIG, 'autostart');

async function toSettings({ app }: Stage): Promise<void> {
  await app.window.getByRole('link', { name: 'Settings' }).click();
  await app.window.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
}

test.afterEach(() => rm(AUTOSTART, { recursive: true, force: true }));

test('a pause holds C1’s task back, outlives a restart, and ends by hand', async ({ stage }) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  await app.window.getByRole('button', { name: 'Pause' }).click();
  await app.window.getByRole('menuitem', { name: 'Until I resume it' }).click();
  await app.window.getByRole('heading', { name: 'Paused.' }).waitFor();
  const task = sandbox.c1.enqueue('sync_full');

  await app.quit();
  await app.start();
  await app.window.getByRole('heading', { name: 'Paused.' }).waitFor();
  await app.window.getByText('Connected', { exact: true }).waitFor();
  await expect(app.window.getByText('Not looked since the start')).toBeVisible();
  for (const page of ['Access', 'History', 'Settings']) {
    await app.window.getByRole('link', { name: page }).click();
    await expect(app.window.getByRole('status').filter({ hasText: 'Paused until' })).toBeVisible();
    await expect(app.window.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  }
  expect(sandbox.c1.tasks().find(({ id }) => id === task)?.outcome).toBeNull();

  const finished = sandbox.c1.waitFor('finished', (event) => event.task.id === task);
  await app.window.getByRole('button', { name: 'Resume' }).click();
  expect((await finished).task.outcome).toMatchObject({ ok: true });
  await app.window.getByRole('link', { name: 'Status' }).click();
  await app.window.getByRole('heading', { name: /All is well/ }).waitFor();
});

test('settings hold at once and over a restart: theme, starting at login', async ({ stage }) => {
  const { app } = stage;
  await doMainJob(stage);
  await toSettings(stage);
  await app.window.getByLabel('Theme').selectOption('Dark');
  await expect.poll(() => app.theme()).toBe('dark');
  await expect(app.window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await app.window.getByLabel('Start when I log in').click();
  await expect.poll(() => readdir(AUTOSTART).catch(() => [])).toHaveLength(1);
  const [name = ''] = await readdir(AUTOSTART);
  expect(await readFile(join(AUTOSTART, name), 'utf8')).toMatch(/^Exec=".*" "--hidden"$/m);

  await app.quit();
  await app.start();
  expect(await app.theme()).toBe('dark');
  await toSettings(stage);
  await expect(app.window.getByLabel('Start when I log in')).toBeChecked();
  await app.window.getByLabel('Start when I log in').click();
  await expect.poll(() => readdir(AUTOSTART)).toEqual([]);
});

test('the diagnostics hold what was shown, and no secret and no name', async ({ stage }) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  await toSettings(stage);
  const path = join(app.profile, 'saved.zip');
  await app.saveTo(path);
  await app.window.getByRole('button', { name: 'Show the diagnostics' }).click();
  const shown = await app.window.getByRole('dialog').locator('pre').allTextContents();
  await app.window.getByRole('button', { name: 'Save as a zip file' }).click();
  await app.window.getByText('Saved.', { exact: true }).waitFor();

  const files = Object.values(unzipSync(await readFile(path))).map((bytes) => strFromU8(bytes));
  expect(files.map((text) => text.trimEnd())).toEqual(shown.map((text) => text.trimEnd()));
  const text = files.join('\n');
  expect(text).toContain('xero.looked');
  for (const secret of sandbox.secrets()) expect(text).not.toContain(secret.slice(-40));
  for (const name of sandbox.world.names()) expect(text).not.toContain(name);
  expect(text).not.toContain('@');
});

test('erasing everything leaves nothing, and the app begins anew', async ({ stage }) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  await toSettings(stage);
  await app.window.getByLabel('Start when I log in').click();
  await expect.poll(() => readdir(AUTOSTART).catch(() => [])).toHaveLength(1);

  await app.window.getByRole('button', { name: 'Erase everything' }).click();
  const dialog = app.window.getByRole('dialog');
  await expect(dialog.getByRole('listitem')).toHaveCount(5);
  await expect(dialog.getByRole('button', { name: 'Erase everything' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('erase everything');
  await dialog.getByRole('button', { name: 'Erase everything' }).click();
  const anew = dialog.getByRole('button', { name: 'Start anew' });
  await anew.waitFor();

  expect(await keychainKeys()).toEqual([]);
  expect(await readdir(AUTOSTART)).toEqual([]);
  expect(sandbox.xero.connections(sandbox.xero.desktopApp)).toEqual([]);
  const ours = (await readdir(app.profile)).filter((name) => /^[a-z]/.test(name));
  expect(ours.filter((name) => !/^(?:blob_storage|databases|shared_proto_db)$/.test(name))).toEqual(
    [],
  );

  const port = await app.openRelaunch();
  await anew.click().catch(() => undefined);
  await app.ended();
  const next = await relaunched(app.profile, port);
  try {
    await next.window.getByLabel('Client ID of the Xero app').waitFor();
    const { xero, c1, events, uploaded } = await next.window.evaluate(() =>
      window.connector.snapshot(),
    );
    expect({ xero, c1: c1.kind, uploaded }).toEqual({ xero: [], c1: 'none', uploaded: null });
    // Its own start is all that has ever happened.
    expect(events.map(({ event }) => event.kind)).toEqual(['app']);
  } finally {
    await next.end();
  }
});

test('closing the window says that the app goes on, and offers to quit', async ({ stage }) => {
  const { app } = stage;
  const asked = await app.answerQuestions(0);
  await app.closeWindow();
  // The tests' desktop has nothing that would show a tray.
  await expect.poll(asked).toEqual([expect.stringContaining('this desktop shows no icon')]);
  expect(await app.isShown()).toBe(false);
  await app.openWindow();
  await app.window.getByLabel('Client ID of the Xero app').waitFor();
  await app.answerQuestions(1);
  await app.closeWindow();
  await app.ended();
  await app.start();
});
