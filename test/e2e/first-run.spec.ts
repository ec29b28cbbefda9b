import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCT_NAME } from '../../shared/words.ts';
import { startSandbox } from '../sandbox/start.ts';
import { programsOf } from './left-behind.ts';
import { connectC1, signInToXero } from './main-job.ts';
import { expect, test } from './stage.ts';
import { coloursOnScreen, findWindow } from './x11.ts';

test.describe('a C1 that asks for nothing by itself', () => {
  test.use({
    sandbox: async ({}, use) => {
      const sandbox = await startSandbox({ c1: { autoSync: false, idlePollMs: 300 } });
      await use(sandbox);
      await sandbox.close();
    },
  });

  test('after two minutes it says what to press there, and set-up is finished without an upload', async ({
    stage,
  }) => {
    const { app, sandbox } = stage;
    const { window } = app;
    await signInToXero(stage, sandbox.world.organisations[0]?.name ?? '');
    await window.getByRole('button', { name: 'Go on to C1' }).click();
    await connectC1(stage);
    await window.getByText('Waiting for C1 to ask').waitFor();

    // The two minutes are the window's own; the page takes up its clock when it is loaded.
    await window.clock.install();
    await window.reload();
    await window.getByText('Waiting for C1 to ask').waitFor();
    await window.clock.fastForward('02:00');
    const told = window.getByRole('status').filter({ hasText: 'C1 hasn’t asked for data yet' });
    await expect(told).toContainText('press Sync now on the connector');
    await expect(told.getByRole('button', { name: 'Open C1' })).toBeVisible();
    await window.getByRole('button', { name: 'Finish set-up' }).click();
    await window.getByRole('heading', { name: 'Ready for C1.' }).waitFor();
    await expect(window.getByText('In C1, press Sync now on the connector.')).toBeVisible();
    expect(sandbox.c1.uploads()).toEqual([]);

    const task = sandbox.c1.enqueue('sync_full');
    await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
    await window.getByRole('heading', { name: /All is well/ }).waitFor();
    expect(sandbox.c1.uploads()).toHaveLength(1);
    expect(sandbox.c1.violations()).toEqual([]);
  });
});

test.describe('sample data', () => {
  let folder = '';
  test.use({
    // What the other app begins lies here, and is told from everything else.
    appEnv: async ({}, use) => {
      folder = await mkdtemp(join(tmpdir(), 'c1-xero-sample-'));
      await use({ TMPDIR: folder });
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  });

  test('one press opens another app with made-up data, which leaves nothing when it is quit', async ({
    app,
  }) => {
    test.skip(process.platform !== 'linux', 'Only Linux tells of processes as files.');
    const { window } = app;
    await window.getByRole('button', { name: 'Try it with sample data' }).click();
    const begun = async (): Promise<number> => {
      const programs = await programsOf(join(folder, 'c1-xero-demo-'));
      return programs.find(({ line }) => !line.includes('--type='))?.id ?? 0;
    };
    await expect.poll(begun).toBeGreaterThan(0);
    const other = await begun();
    try {
      // With this app's window away, the one on the screen is the other's.
      await app.answerQuestions(0);
      await app.closeWindow();
      await expect.poll(() => app.isShown()).toBe(false);
      await expect.poll(() => findWindow(PRODUCT_NAME)).toEqual({ width: 1040, height: 720 });
      await expect.poll(coloursOnScreen).toBeGreaterThan(100);
    } finally {
      process.kill(other, 'SIGTERM');
    }
    await expect.poll(() => programsOf(join(folder, 'c1-xero-demo-'))).toEqual([]);
    const left = async () => (await readdir(folder)).filter((name) => name.startsWith('c1-xero-'));
    await expect.poll(left).toEqual([]);
    await expect.poll(() => findWindow(PRODUCT_NAME)).toBeUndefined();
  });
});
