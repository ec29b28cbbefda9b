// First, so that all that says something finds the texts longer.
import { CLOSES, OPENS } from './screens/longer-words.ts';
import { resolve } from 'node:path';
import type { Browser } from 'playwright';
import { expect, test } from 'playwright/test';
import texts from '../../shared/language/en-GB.json' with { type: 'json' };
import { openBrowser } from './browser.ts';
import { cutOff, overlapping, widerThanTheirPlace } from './screens/layout.ts';
import { TIGHT, USUAL, openScene } from './screens/open.ts';
import { scenes } from './screens/scenes.ts';
import { serveWindow } from './screens/serve.ts';
import type { ServedWindow } from './screens/serve.ts';
import { unmarked } from './screens/unmarked.ts';

/** All faults of a scene at once; some parts follow the window's size a moment later. */
const soft = expect.configure({ soft: true, timeout: 5_000 });

let browser: Browser;
let served: ServedWindow;

test.beforeAll(async () => {
  served = await serveWindow(resolve('out/renderer'), texts);
  browser = await openBrowser();
});
test.afterAll(async () => {
  await browser.close();
  await served.close();
});

for (const scene of scenes) {
  test(`${scene.name}: holds words two fifths longer, and says none that can’t be translated`, async () => {
    const { page, close } = await openScene(browser, served.address, scene, 'light');
    soft(await unmarked(page, scene)).toEqual([]);
    for (const size of [USUAL, ...TIGHT]) {
      await page.setViewportSize(size);
      const at = `at ${size.width} px`;
      await soft.poll(() => widerThanTheirPlace(page), at).toEqual([]);
      await soft.poll(() => cutOff(page, OPENS, CLOSES), at).toEqual([]);
      await soft.poll(() => overlapping(page), at).toEqual([]);
    }
    await close();
  });
}
