import type { Page } from 'playwright';

/** What can't be told from what lies beside it when the computer sets all colours: chosen things, dialogs, the focus. */
export async function lostInForcedColours(page: Page): Promise<string[]> {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const PAIRS = [
      ['nav a[aria-current=page]', 'nav a:not([aria-current])'],
      ['[role=row][aria-selected=true]', '[role=row][aria-selected=false]'],
      ['.mantine-Radio-radio:checked', '.mantine-Radio-radio:not(:checked)'],
      ['.mantine-Checkbox-input:checked', '.mantine-Checkbox-input:not(:checked)'],
      [
        '.mantine-Switch-input:checked + * > .mantine-Switch-track',
        '.mantine-Switch-input:not(:checked) + * > .mantine-Switch-track',
      ],
      ['label[data-active]', 'label:not([data-active])'],
    ] as const;
    document.body.style.backgroundColor = 'Canvas';
    const CANVAS = getComputedStyle(document.body).backgroundColor;
    const NONE = 'rgba(0, 0, 0, 0)';
    const alike = PAIRS.filter(([chosen, other]) => {
      const both = [document.querySelector(chosen), document.querySelector(other)];
      const looks = both.map((element) => element && lookOf(element));
      return !looks.includes(null) && looks[0] === looks[1];
    }).map(([chosen]) => `${chosen} looks like the others`);
    const edgeless = [...document.querySelectorAll('[role=dialog], [role=menu]')]
      .filter((element) => getComputedStyle(element).borderTopStyle === 'none')
      .map((element) => `${element.className} has no edge`);
    const focused = document.activeElement ?? document.body;
    const ring = getComputedStyle(focused);
    const seen =
      (ring.outlineStyle !== 'none' && ring.outlineWidth !== '0px') ||
      // A menu fills the item that has it.
      (focused.matches('[role=menuitem]') && ![CANVAS, NONE].includes(ring.backgroundColor));
    const ringless =
      focused === document.body || seen
        ? []
        : [`${focused.outerHTML.slice(0, 120)} has the focus, unseen`];
    return [...alike, ...edgeless, ...ringless];

    function lookOf(element: Element): string {
      const { backgroundColor, outlineStyle, borderColor, borderStyle } = getComputedStyle(element);
      // On the canvas, its own colour and none look alike.
      const filled = ![CANVAS, NONE].includes(backgroundColor) && backgroundColor;
      return [filled, outlineStyle, borderStyle !== 'none' && borderColor].join();
    }
  });
}
