import type { Page } from 'playwright';

/** What a person would see to be wrong with a page's layout, each as a list of places. */

/** Panes that would have to be scrolled sideways. */
export function widerThanTheirPlace(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main *, [role=dialog]')]
      .filter((element) =>
        ['auto', 'scroll', 'visible'].includes(getComputedStyle(element).overflowX),
      )
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
  );
}

/** Buttons and links that lie on one another within the pane that scrolls them. */
export function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll('button, a[href], [role=button]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect(), pane: paneOf(element) }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    return buttons.flatMap((one, index) =>
      buttons
        .slice(index + 1)
        .filter(
          (other) =>
            one.pane === other.pane &&
            !one.element.contains(other.element) &&
            one.box.left < other.box.right - 1 &&
            other.box.left < one.box.right - 1 &&
            one.box.top < other.box.bottom - 1 &&
            other.box.top < one.box.bottom - 1,
        )
        .map((other) => `${one.element.textContent} | ${other.element.textContent}`),
    );

    /** What moves a button: a scrolling pane, or the layer that stays in place over it. */
    function paneOf(element: Element): Element | null {
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        const { overflowY, position } = getComputedStyle(at);
        if (/auto|scroll/.test(overflowY) || /sticky|fixed|absolute/.test(position)) return at;
      }
      return null;
    }
  });
}

/**
 * Words of ours, between these marks, that their place cuts off. What a pane scrolls to isn't cut off; and dots
 * may stand for the rest of what isn't ours alone.
 */
export function cutOff(page: Page, opens: string, closes: string): Promise<string[]> {
  return page.evaluate(
    ([opening, closing]) => {
      const faults: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const place = node.parentElement;
        const words = place?.textContent ?? '';
        if (place === null || !words.includes(opening) || !place.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()];
        const clipping = boxes.length === 0 ? null : clipperOf(place, boxes);
        if (clipping !== null) faults.push(`${clipping.className}: ${words}`);
      }
      return [...new Set(faults)];

      function clipperOf(place: Element, boxes: readonly DOMRect[]): Element | null {
        for (let at: Element | null = place; at !== null; at = at.parentElement) {
          const { overflowX, overflowY, clipPath, opacity } = getComputedStyle(at);
          // For screen readers alone, or in a button that waits.
          if (clipPath !== 'none' || at.clientWidth === 1 || opacity === '0') return null;
          if (at.tagName === 'svg') continue;
          const box = at.getBoundingClientRect();
          const cut = (rect: DOMRect) =>
            (/hidden|clip/.test(overflowX) &&
              (rect.right > box.right + 1 || rect.left < box.left - 1)) ||
            (/hidden|clip/.test(overflowY) &&
              (rect.bottom > box.bottom + 2 || rect.top < box.top - 2));
          if (boxes.some(cut) && !(at === place && isShortened(at))) return at;
          if (/auto|scroll/.test(overflowX) || /auto|scroll/.test(overflowY)) return null;
        }
        return null;
      }

      function isShortened(at: Element): boolean {
        const words = at.textContent.trim();
        const ours = words.startsWith(opening) && words.endsWith(closing);
        return getComputedStyle(at).textOverflow === 'ellipsis' && !ours;
      }
    },
    [opens, closes] as const,
  );
}

/** Waiting buttons whose turning circle isn't in their middle. */
export function offCentre(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('button[data-loading]')];
    return buttons.filter(isOff).map((button) => button.textContent);

    function isOff(button: HTMLElement): boolean {
      const circle = button.querySelector('.mantine-Loader-root');
      if (circle === null) return false;
      const [outer, inner] = [button.getBoundingClientRect(), circle.getBoundingClientRect()];
      const across = outer.left + outer.right - inner.left - inner.right;
      const down = outer.top + outer.bottom - inner.top - inner.bottom;
      return Math.max(Math.abs(across), Math.abs(down)) / 2 > 2;
    }
  });
}
