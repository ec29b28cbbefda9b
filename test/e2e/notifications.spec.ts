import { startSandbox } from '../sandbox/start.ts';
import { doMainJob } from './main-job.ts';
import type { RealApp } from './real-app.ts';
import { expect, test as base } from './stage.ts';

const test = base.extend({
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox({ c1: { autoSync: false, idlePollMs: 300 } });
    await use(sandbox);
    await sandbox.close();
  },
});

/** What the app has the system show from now on; the tests' desktop has nothing that would show it. */
async function overhear({ electron }: RealApp): Promise<() => Promise<readonly string[]>> {
  await electron.evaluate(({ Notification }) => {
    const holder = globalThis as { told?: Electron.Notification[] };
    holder.told = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      holder.told?.push(this);
    };
  });
  return () =>
    electron.evaluate(() =>
      ((globalThis as { told?: Electron.Notification[] }).told ?? []).map(({ title }) => title),
    );
}

test('a click on a notification opens the window at the sheet that mends what it told', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  sandbox.c1.enqueue('sync_full');
  const { clientId } = await doMainJob(stage);
  const told = await overhear(app);
  await app.answerQuestions(0);
  await app.closeWindow();
  await expect.poll(() => app.windowCount()).toBe(0);
  sandbox.c1.revoke(clientId);
  await expect.poll(told).toEqual(['C1 needs you']);

  const opened = app.electron.waitForEvent('window');
  await app.electron.evaluate(() => {
    const [first] = (globalThis as { told?: Electron.Notification[] }).told ?? [];
    first?.emit('click');
  });
  const window = await opened;
  const sheet = window.getByRole('dialog', { name: 'Change the C1 credential' });
  await expect(sheet.getByRole('heading', { name: /Make a new credential in C1/ })).toBeVisible();
  expect(await told()).toHaveLength(1);
});
