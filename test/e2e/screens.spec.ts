import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import { lostInForcedColours } from './screens/contrast.ts';
import { offCentre, widerThanTheirPlace } from './screens/layout.ts';
import { THEMES, TIGHT, openScene } from './screens/open.ts';
import { scenes } from './screens/scenes.ts';
import { serveWindow } from './screens/serve.ts';
import type { ServedWindow } from './screens/serve.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const Violations = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ target: z.array(z.unknown()) })) }),
);

let browser: Browser;
let served: ServedWindow;

test.beforeAll(async () => {
  served = await serveWindow(resolve('out/renderer'));
  browser = await openBrowser();
});
test.afterAll(async () => {
  await browser.close();
  await served.close();
});

for (const theme of THEMES) {
  for (const scene of scenes) {
    test(`${scene.name}, ${theme}: accessible, within its content policy, and nothing cut off`, async () => {
      const { page, refused, close } = await openScene(browser, served.address, scene, theme);
      expect(await violations(page)).toEqual([]);
      for (const tight of TIGHT) {
        await page.setViewportSize(tight);
        // An open menu follows its button a frame after the window became smaller.
        await expect.poll(() => widerThanTheirPlace(page), `at ${tight.width} px`).toEqual([]);
      }
      expect(await offCentre(page), 'with reduced motion').toEqual([]);
      expect(await page.evaluate('window.moved'), 'with reduced motion').toEqual([]);
      // The computer's own colours stand in for the theme's: one theme tells for both.
      if (theme === 'dark') {
        await page.emulateMedia({ forcedColors: 'active' });
        expect(await widerThanTheirPlace(page), 'in forced colours').toEqual([]);
        expect(await lostInForcedColours(page)).toEqual([]);
      }
      expect(refused).toEqual([]);
      await close();
    });
  }
}

/** What axe finds, as "rule: where". */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const options = JSON.stringify({ runOnly: STANDARDS, resultTypes: ['violations'] });
  const found = await page.evaluate(`axe.run(document, ${options}).then((run) => run.violations)`);
  return Violations.parse(found).flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
