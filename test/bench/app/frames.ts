import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type Page } from 'playwright';
import { expect } from 'playwright/test';
import { z } from 'zod';
import { findRuntime, ROOT, sandboxFlags } from '../../../scripts/runtime.mjs';
import { openBrowser } from '../../e2e/browser.ts';
import { emptyKeychain } from '../../e2e/keychain.ts';
import { doMainJob } from '../../e2e/main-job.ts';
import { RealApp } from '../../e2e/real-app.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { MANY_ACCOUNTS } from './goals.ts';
import { BARE } from './start.ts';

/** The frames of a page while somebody typed and scrolled in it, in milliseconds between one and the next. */
export interface Frames {
  readonly count: number;
  readonly longest: number;
  readonly tooLong: number;
}
export type FramesOf = Readonly<Record<'typing' | 'scrolling', Frames>>;

/** From so many milliseconds on, a person sees a frame stand. */
export const LONGEST_FRAME_MS = 50;

/** So many people take a while to be read. */
const READING_MS = 300_000;
/** A person's pace: keys and turns of the wheel. */
const KEY_MS = 90;
const WHEEL_MS = 30;
const TURNS = 120;
const SEARCHED = 'anderson';

/** The Access page with many people, after one look at them. */
export async function framesOfOurs(): Promise<FramesOf> {
  // The app measured before left its credential there, for a C1 that is gone.
  await emptyKeychain();
  const sandbox = await startSandbox({ orgs: 1, users: MANY_ACCOUNTS });
  const app = await RealApp.open(sandbox.env);
  try {
    app.window.setDefaultTimeout(READING_MS);
    const browser = await openBrowser();
    await doMainJob({ app, browser, sandbox, say: () => undefined });
    await browser.close();
    // Without what Playwright records of each frame.
    await app.quit();
    await app.start({ traced: false });
    const { window } = app;
    // Each start looks at Xero, which so many people make long: what is measured is the page.
    await expect
      .poll(async () => (await app.snapshot()).sync.kind, { timeout: READING_MS })
      .toBe('done');
    await window.getByRole('link', { name: 'Access' }).click();
    await window.getByRole('grid').waitFor();
    return await framesOf(window);
  } finally {
    await app.close();
    await sandbox.close();
  }
}

/** A page of a few hundred lines in a bare Electron: what the machine itself makes of it. */
export async function framesOfBare(profile: string): Promise<FramesOf> {
  const runtime = findRuntime(ROOT);
  if (runtime === undefined) throw new Error('There is no Electron: run node scripts/setup.mjs');
  const args = [...sandboxFlags(), `--user-data-dir=${profile}`, BARE];
  const bare = await _electron.launch({ executablePath: runtime.path, args, colorScheme: null });
  try {
    const window = await bare.firstWindow();
    await window.goto(`file://${join(BARE, 'lines.html')}`);
    await window.getByRole('grid').waitFor();
    return await framesOf(window);
  } finally {
    await bare.close();
  }
}

async function framesOf(page: Page): Promise<FramesOf> {
  const search = page.getByRole('searchbox');
  await search.click();
  const typing = await during(page, async () => {
    await page.keyboard.type(SEARCHED, { delay: KEY_MS });
    for (let left = SEARCHED.length; left > 0; left -= 1) {
      await page.keyboard.press('Backspace');
      await pause(KEY_MS);
    }
  });
  await page.getByRole('grid').hover();
  const scrolling = await during(page, async () => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      await page.mouse.wheel(0, turn % 10 === 9 ? -200 : 400);
      await pause(WHEEL_MS);
    }
  });
  return { typing, scrolling };
}

// Texts, since what the loader adds to a function isn't there in the page.
const BEGIN = `
  window.gaps = [];
  let before = performance.now();
  const count = () => {
    const now = performance.now();
    window.gaps.push(now - before);
    before = now;
    window.next = requestAnimationFrame(count);
  };
  window.next = requestAnimationFrame(count);
  void 0`;
const END = `cancelAnimationFrame(window.next), window.gaps`;

/** Counts the page's frames while this is done, and until it is at rest again. */
async function during(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(BEGIN);
  await work();
  await pause(500);
  const gaps = z.array(z.number()).parse(await page.evaluate(END));
  return {
    count: gaps.length,
    longest: Math.max(...gaps),
    tooLong: gaps.filter((gap) => gap > LONGEST_FRAME_MS).length,
  };
}
