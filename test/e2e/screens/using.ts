import type { Page } from 'playwright';
import { z } from 'zod';
import type { Snapshot } from '../../../shared/snapshot.ts';
import type { Scene } from './scene.ts';
import { scenes } from './scenes.ts';

/** Using a scene as somebody would, and seeing what the window sent. */

export function named(name: string): Scene {
  const scene = scenes.find((each) => each.name === name);
  if (scene === undefined) throw new Error(`No scene is called ${name}`);
  return scene;
}

export async function push(page: Page, snapshot: Snapshot): Promise<void> {
  await page.evaluate(`window.pushSnapshot(${JSON.stringify(snapshot)})`);
}

/** The arguments of an intent, in the order in which the window sent them. */
export async function sent(page: Page, intent: string): Promise<unknown[]> {
  const all = z
    .array(z.tuple([z.string(), z.unknown()]))
    .parse(await page.evaluate('window.sentIntents.map(([name, argument]) => [name, argument])'));
  return all.filter(([name]) => name === intent).map(([, argument]) => argument);
}

/** Presses Tab until the control with this label has the focus, as one would. */
export async function tabTo(page: Page, label: string): Promise<void> {
  const reached = page.getByLabel(label).and(page.locator(':focus'));
  for (let presses = 0; presses < 40 && (await reached.count()) === 0; presses += 1) {
    await page.keyboard.press('Tab');
  }
}
