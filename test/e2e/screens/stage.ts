import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { test as base } from 'playwright/test';
import { openBrowser } from '../browser.ts';
import { openScene } from './open.ts';
import type { Scene } from './scene.ts';
import { serveWindow } from './serve.ts';
import type { ServedWindow } from './serve.ts';

interface Fixtures {
  /** Opens the built window in a scene; it is closed after the test. */
  readonly show: (scene: Scene) => Promise<Page>;
}

interface WorkerFixtures {
  readonly windowBrowser: Browser;
  readonly served: ServedWindow;
}

/** Tests of the window by itself, with an answer for every intent. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  windowBrowser: [
    async ({}, use) => {
      const browser = await openBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  served: [
    async ({}, use) => {
      const served = await serveWindow(resolve('out/renderer'));
      await use(served);
      await served.close();
    },
    { scope: 'worker' },
  ],
  show: async ({ windowBrowser, served }, use) => {
    const opened: { close: () => Promise<void> }[] = [];
    await use(async (scene) => {
      const window = await openScene(windowBrowser, served.address, scene, 'light');
      opened.push(window);
      return window.page;
    });
    for (const { close } of opened) await close();
  },
});

export { expect } from 'playwright/test';
