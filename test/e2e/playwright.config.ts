import { defineConfig } from 'playwright/test';

/** Puts its process's texts in the pseudo-locale, so it has a process of its own. */
const LONGER = 'screens-longer.spec.ts';
/** Leaves the desktop's keychain locked. */
const LAST = 'locked-keychain.spec.ts';

/** One worker: the app takes fixed ports, and the machine that runs this may have two cores. */
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'app', testMatch: '*.spec.ts', testIgnore: [LONGER, LAST] },
    { name: 'longer', testMatch: LONGER },
    { name: 'last', testMatch: LAST },
  ],
  outputDir: '../results/e2e',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: { trace: 'retain-on-failure' },
});
