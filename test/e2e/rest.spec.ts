import { readFile } from 'node:fs/promises';
import { REST_CHANNEL } from '../../shared/channels.ts';
import type { RealApp } from './real-app.ts';
import { expect, test } from './stage.ts';

const PICTURE_BYTES = 256 * 1024;

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
  await tellRest(app);
  await expect.poll(isLost).toBe(true);
});

test('the process that draws keeps no picture that the page has let go of', async ({ app }) => {
  await app.window.evaluate(async () => {
    for (const colour of ['red', 'green', 'blue', 'white']) {
      document.body.style.background = colour;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
  });
  const drawn = await picturesOf(app, 'GPU');
  // Some at once, and others a little later: each is told of with the rest that follows.
  await expect.poll(() => picturesOf(app, 'Tab')).toBeLessThan(drawn);
  await expect
    .poll(
      async () => {
        await tellRest(app);
        return (await picturesOf(app, 'GPU')) - (await picturesOf(app, 'Tab'));
      },
      { intervals: [3_000] },
    )
    .toBeLessThanOrEqual(0);
});

async function tellRest(app: RealApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, channel) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send(channel);
  }, REST_CHANNEL);
}

/** How many pieces of the window's picture a process can see: where no GPU draws, memory of 256 kB each. */
async function picturesOf(app: RealApp, type: 'GPU' | 'Tab'): Promise<number> {
  const id = await app.electron.evaluate(
    ({ app: electron }, of) => electron.getAppMetrics().find((one) => one.type === of)?.pid,
    type,
  );
  const maps = await readFile(`/proc/${String(id)}/maps`, 'utf8');
  return [...maps.matchAll(/^(\w+)-(\w+) .*org\.chromium/gm)].filter(
    ([, from = '', to = '']) => parseInt(to, 16) - parseInt(from, 16) === PICTURE_BYTES,
  ).length;
}
