import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { findRuntime, ROOT } from '../../scripts/runtime.mjs';
import { startSandbox } from '../sandbox/start.ts';
import { openBrowser, readInC1, type Table } from './browser.ts';
import { doMainJob } from './main-job.ts';
import { RealApp } from './real-app.ts';

/** The demo without a display: the real app does the main job by itself and shows what C1 received. */
let steps = 0;
const say = (step: string): void => {
  steps += 1;
  process.stdout.write(`${steps}. ${step}\n`);
};

const runtime = findRuntime(ROOT);
say(`Starting the sandbox, and the app in Electron ${runtime?.version ?? ''}`);
const sandbox = await startSandbox();
const app = await RealApp.open(sandbox.env);
const browser = await openBrowser();
try {
  await doMainJob({ app, browser, sandbox, say });
  const accounts = await readInC1(browser, sandbox.pages.c1, 'Accounts');
  const entitlements = await readInC1(browser, sandbox.pages.c1, 'Entitlements');
  print('Accounts in C1', ['Name', 'E-mail', 'Status', 'Organisations', 'Roles'], accounts);
  print('Entitlements in C1', ['Resource', 'Type', 'Entitlement', 'Grants'], entitlements);
  const folder = join(ROOT, 'test/results');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'demo.png');
  await app.window.screenshot({ path });
  process.stdout.write(`\nScreenshot: ${path}\n`);
} finally {
  await app.quit();
  await app.close();
  await browser.close();
  await sandbox.close();
}

function print(title: string, headings: readonly string[], rows: Table): void {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  process.stdout.write(`\n${title} (${rows.length})\n${all.map(line).join('\n')}\n`);
}
