import { join } from 'node:path';
import { test as base, type Browser, type TestInfo } from 'playwright/test';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { openBrowser } from './browser.ts';
import { emptyKeychain } from './keychain.ts';
import { expectNothingLeft } from './left-behind.ts';
import { RealApp } from './real-app.ts';
import type { Stage } from './main-job.ts';

interface Fixtures {
  /** Variables for the app, over those that lead it to the sandbox. */
  readonly appEnv: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  readonly app: RealApp;
  readonly stage: Stage;
}

/**
 * Each test has clouds and a profile of its own; the browser is shared, its logins are not. Whatever
 * a test was about, the app that it leaves is searched for secrets, files and processes.
 */
export const test = base.extend<Fixtures, { chromiumBrowser: Browser }>({
  chromiumBrowser: [
    async ({}, use) => {
      const browser = await openBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  appEnv: [{}, { option: true }],
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox();
    await use(sandbox);
    await sandbox.close();
  },
  app: async ({ sandbox, appEnv }, use, testInfo) => {
    await emptyKeychain();
    const app = await RealApp.open({ ...sandbox.env, ...appEnv });
    try {
      await use(app);
      if (testInfo.status !== testInfo.expectedStatus) await attachWhatWasSeen(app, testInfo);
      await app.quit();
      await expectNothingLeft(app, sandbox);
    } finally {
      await app.close();
    }
  },
  stage: async ({ app, sandbox, chromiumBrowser }, use) => {
    await use({ app, sandbox, browser: chromiumBrowser, say: () => undefined });
  },
});

async function attachWhatWasSeen(app: RealApp, testInfo: TestInfo): Promise<void> {
  const trace = testInfo.outputPath('app-trace.zip');
  if (await app.saveTrace(trace))
    testInfo.attachments.push({ name: 'app-trace', path: trace, contentType: 'application/zip' });
  await testInfo.attach('output', { body: app.output, contentType: 'text/plain' });
  const log = join(app.profile, 'logs/app.log');
  await testInfo.attach('log', { path: log, contentType: 'text/plain' }).catch(() => undefined);
}

export { expect } from 'playwright/test';
