import { test as base, type Browser } from 'playwright/test';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { openBrowser } from './browser.ts';
import { emptyKeychain } from './keychain.ts';
import { RealApp } from './real-app.ts';
import type { Stage } from './main-job.ts';

interface Fixtures {
  readonly sandbox: Sandbox;
  readonly app: RealApp;
  readonly stage: Stage;
}

/** Each test has clouds and a profile of its own; the browser is shared, its logins are not. */
export const test = base.extend<Fixtures, { chromiumBrowser: Browser }>({
  chromiumBrowser: [
    async ({}, use) => {
      const browser = await openBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox();
    await use(sandbox);
    await sandbox.close();
  },
  app: async ({ sandbox }, use) => {
    await emptyKeychain();
    const app = await RealApp.open(sandbox.env);
    await use(app);
    await app.close();
  },
  stage: async ({ app, sandbox, chromiumBrowser }, use) => {
    await use({ app, sandbox, browser: chromiumBrowser, say: () => undefined });
  },
});

export { expect } from 'playwright/test';
