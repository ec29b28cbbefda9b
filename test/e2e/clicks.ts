import type { Page } from 'playwright';

/** What first run asks of a person in the app's own window; what they do in a browser isn't in it. */
export interface Counted {
  /** Presses of the mouse, and one for each field that is filled, to get there. */
  readonly clicks: number;
  /** From the window's first page until C1 has greeted the connector. */
  readonly secondsToGreeting: number;
}

/** Counts from now on, until the function that it resolves with is called. */
export async function countClicks(page: Page): Promise<() => Promise<Counted>> {
  await page.evaluate(() => {
    const counted = { clicks: 0, began: performance.now(), greeted: 0 };
    Object.assign(globalThis, { counted });
    let pressed: EventTarget | null = null;
    document.addEventListener(
      'pointerdown',
      ({ target }) => {
        counted.clicks += 1;
        pressed = target;
      },
      true,
    );
    document.addEventListener(
      'focusin',
      ({ target }) => {
        const isField = target instanceof Element && target.matches('input[type=text], textarea');
        if (isField && target !== pressed) counted.clicks += 1;
      },
      true,
    );
    window.connector.onSnapshot(({ c1 }) => {
      if (c1.kind === 'connected' && counted.greeted === 0) counted.greeted = performance.now();
    });
  });
  return () =>
    page.evaluate(() => {
      const { counted } = globalThis as unknown as {
        counted: { clicks: number; began: number; greeted: number };
      };
      const secondsToGreeting = Math.round((counted.greeted - counted.began) / 1000);
      return { clicks: counted.clicks, secondsToGreeting };
    });
}
