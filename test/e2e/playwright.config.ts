import { defineConfig } from 'playwright/test';

/** One worker: the app takes fixed ports, and the machine that runs this may have two cores. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../results/e2e',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
});
