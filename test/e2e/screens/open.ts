import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { intentArguments } from '../../../shared/intents.ts';
import type { IntentAnswers } from '../../../shared/intents.ts';
import { NOW, loss, understood, understoodApp } from './data.ts';
import type { Scene } from './scene.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** The window as it opens, and the smallest it gets (design.md, Frame). */
export const USUAL: Size = { width: 1040, height: 720 };
export const SMALLEST: Size = { width: 760, height: 560 };
export const SIZES: readonly Size[] = [USUAL, SMALLEST];
/** The smallest window, and what is left of the usual one at 200 % zoom. */
export const TIGHT: readonly Size[] = [
  SMALLEST,
  { width: USUAL.width / 2, height: USUAL.height / 2 },
];

export interface OpenScene {
  readonly page: Page;
  /** What the content policy refused; nothing, on a good day. */
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
}

/** What a scene's intents are answered, but for those that simply succeed. */
export function answersOf({ answers }: Scene): Partial<IntentAnswers> {
  return {
    // A slow machine asks for it half-way through a paste.
    previewCredential: { ok: true, value: understood },
    checkXeroApp: { ok: true, value: understoodApp },
    previewLoss: { ok: true, value: loss },
    readWays: { ok: true, value: { xero: { kind: 'direct' }, c1: { kind: 'direct' } } },
    ...answers,
  };
}

/** Opens a scene in a browser of its own, with the clock, place and language fixed. */
export async function openScene(
  browser: Browser,
  address: string,
  scene: Scene,
  theme: Theme,
): Promise<OpenScene> {
  const context = await browser.newContext({
    viewport: USUAL,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(error.message));
  await page.clock.setFixedTime(NOW);
  const played = JSON.stringify({
    snapshot: scene.snapshot,
    answers: answersOf(scene),
    intents: Object.keys(intentArguments),
  });
  await page.addInitScript({ content: `window.scene = ${played};` });
  await page.addInitScript({ path: join(import.meta.dirname, 'play-connector.js') });
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-motion.js') });
  await page.goto(address);
  await page.locator('main').waitFor();
  await scene.act?.(page);
  await page.evaluate(() => document.fonts.ready);
  return { page, refused, close: () => context.close() };
}
