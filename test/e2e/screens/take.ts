import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import type { Page } from 'playwright';
import { openBrowser } from '../browser.ts';
import { SIZES, THEMES, openScene } from './open.ts';
import type { Size, Theme } from './open.ts';
import type { Scene } from './scene.ts';
import { scenes } from './scenes.ts';
import { serveWindow } from './serve.ts';

/**
 * Writes a PNG of each scene, theme and size: `<folder>/<theme>/<width>x<height>/<scene>.png`,
 * and `<scene>-whole.png` beside it where the page is longer than the window. Returns their number.
 */
export async function takeScreens(
  renderer: string,
  folder: string,
  chosen: readonly Scene[] = scenes,
): Promise<number> {
  const served = await serveWindow(renderer);
  const browser = await openBrowser();
  let taken = 0;
  try {
    for (const theme of THEMES) {
      for (const scene of chosen) {
        const opened = await openScene(browser, served.address, scene, theme);
        for (const size of SIZES) taken += await picture(opened.page, size, theme, scene, folder);
        await opened.close();
      }
    }
  } finally {
    await browser.close();
    await served.close();
  }
  return taken;
}

async function picture(
  page: Page,
  size: Size,
  theme: Theme,
  scene: Scene,
  folder: string,
): Promise<number> {
  const into = join(folder, theme, `${size.width}x${size.height}`);
  await mkdir(into, { recursive: true });
  await page.setViewportSize(size);
  await page.screenshot({ path: join(into, `${scene.name}.png`) });
  const hidden = await hiddenHeight(page);
  if (hidden === 0) return 1;
  await page.setViewportSize({ ...size, height: size.height + hidden });
  await page.screenshot({ path: join(into, `${scene.name}-whole.png`) });
  return 2;
}

/** How much of the longest scrolling pane lies out of sight. */
function hiddenHeight(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('*')]
        .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY))
        .map((element) => element.scrollHeight - element.clientHeight),
      0,
    ),
  );
}

const [, script, folder, ...names] = argv;
if (script !== undefined && resolve(script) === import.meta.filename && folder !== undefined) {
  const chosen = scenes.filter(({ name }) => names.length === 0 || names.includes(name));
  const taken = await takeScreens(resolve('out/renderer'), resolve(folder), chosen);
  console.log(`${taken} pictures in ${folder}`);
}
