import { chromium, type Page } from 'playwright';
import { expect } from 'playwright/test';
import { processesOf, programsOf } from './left-behind.ts';

/** The app that took another's place. */
export interface Relaunched {
  readonly window: Page;
  /** Quits it as the system does, at log-out. */
  readonly end: () => Promise<void>;
}

/** Resolves once the app that started itself anew on this profile, and listens there, shows its window. */
export async function relaunched(profile: string, port: number): Promise<Relaunched> {
  const windows = async (): Promise<Page[]> => {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    return browser.contexts().flatMap((context) => context.pages());
  };
  let window: Page | undefined;
  await expect(async () => {
    [window] = await windows();
    expect(window).toBeDefined();
  }).toPass();
  if (window === undefined) throw new Error('It has no window');
  const end = async (): Promise<void> => {
    const main = (await programsOf(profile)).find(({ line }) => !line.includes('--type='));
    if (main !== undefined) process.kill(main.id, 'SIGTERM');
    await expect.poll(() => processesOf(profile)).toEqual([]);
  };
  return { window, end };
}
