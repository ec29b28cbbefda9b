import { REST_CHANNEL } from '../../shared/channels.ts';
import { expect, test } from './stage.ts';

test('no process is there for Chromium’s network alone', async ({ app }) => {
  const services = await app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ serviceName }) => serviceName ?? ''),
  );
  expect(services).not.toContain('network.mojom.NetworkService');
});

test('Electron tells of each way of touching the window', async ({ app }) => {
  const told = () =>
    app.electron.evaluate(() => (globalThis as { touches?: string[] }).touches ?? []);
  await app.electron.evaluate(({ BrowserWindow }) => {
    const touches: string[] = [];
    Object.assign(globalThis, { touches });
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.on('input-event', (_event, { type }) => touches.push(type));
  });
  await app.window.mouse.move(300, 300);
  await app.window.mouse.wheel(0, 40);
  await app.window.keyboard.press('Tab');
  await expect
    .poll(told)
    .toEqual(expect.arrayContaining(['mouseMove', 'mouseWheel', 'rawKeyDown']));
});

test('the page gives back what nothing holds any more once it is told to', async ({ app }) => {
  const isLost = () =>
    app.window.evaluate(() => (window as { lost?: WeakRef<object> }).lost?.deref() === undefined);
  await app.window.evaluate(() => {
    Object.assign(window, { lost: new WeakRef({ large: new Array(1_000).fill(0) }) });
  });
  expect(await isLost()).toBe(false);
  await app.electron.evaluate(({ BrowserWindow }, channel) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send(channel);
  }, REST_CHANNEL);
  await expect.poll(isLost).toBe(true);
});
