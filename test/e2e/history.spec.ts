import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

test('the history tells what happened, over a restart, and is taken out as a file', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  await app.window.getByRole('link', { name: 'History' }).click();
  for (const sentence of ['Signed in to Xero', /^C1 received/, 'The app started']) {
    await expect(app.window.getByRole('button', { name: sentence }).first()).toBeVisible();
  }
  // What happens meanwhile waits to be shown, and pushes nothing down.
  const task = sandbox.c1.enqueue('sync_full');
  await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
  await app.window.getByRole('button', { name: /^Show \d+ new entr/ }).click();
  await app.window.getByLabel('Search').fill(task);
  const done = app.window.getByRole('button', { name: 'C1’s sync is done' });
  await expect(done).toHaveCount(1);
  await done.click();
  await expect(app.window.getByText(task)).toBeVisible();

  await app.quit();
  const folder = join(app.profile, 'history');
  const [month = ''] = await readdir(folder);
  expect((await stat(join(folder, month))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await app.start();
  await app.window.getByRole('link', { name: 'History' }).click();
  await expect(app.window.getByRole('button', { name: 'The app was quit' })).toBeVisible();

  const away = await mkdtemp(join(tmpdir(), 'c1-xero-away-'));
  try {
    const path = join(away, 'history.csv');
    await app.saveTo(path);
    await app.window.getByRole('button', { name: 'Export', exact: true }).click();
    await app.window.getByRole('menuitem', { name: /CSV/ }).click();
    await expect(app.window.getByText(/entries were saved/).first()).toBeVisible();
    const csv = await readFile(path, 'utf8');
    expect(csv).toContain('Sign-ins to Xero,Signed in to Xero,Who: ');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  } finally {
    await rm(away, { recursive: true });
  }
});
