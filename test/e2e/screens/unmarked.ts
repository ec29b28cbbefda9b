import type { Page } from 'playwright';
import {
  PRODUCT_NAME,
  REDIRECT_URIS,
  XERO_APP_TYPES,
  XERO_ROLES,
  XERO_SCOPES,
} from '../../../shared/words.ts';
import { CLOSES, OPENS } from './longer-words.ts';
import { answersOf } from './open.ts';
import type { Scene } from './scene.ts';

/** Names that aren't ours to translate. */
const NAMES = [
  PRODUCT_NAME,
  ...REDIRECT_URIS,
  ...Object.values(XERO_APP_TYPES),
  ...XERO_ROLES.map(({ name }) => name),
  XERO_SCOPES.join(' '),
].join('\n');

/** What the computer's language makes of times and lists; none of it is a text. */
const BY_LANGUAGE =
  /\b(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Satur|Sat|Sun)(day)?\b|\b(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)\b|\bat\b|\band\b|\bto\b/gi;

/** Words that the window shows or tells a screen reader and that are neither from the catalog nor data. */
export async function unmarked(page: Page, scene: Scene): Promise<string[]> {
  const data =
    `${NAMES}\n${stringsIn([scene.snapshot, answersOf(scene)]).join('\n')}`.toLowerCase();
  const pieces = (await shownAndTold(page)).flatMap((text) => outsideMarks(text));
  return pieces.filter((piece) => !isData(piece, data));
}

/** All texts of the page in reading order, the whole body as one, since a sentence may be in pieces. */
function shownAndTold(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const place = node.parentElement;
      if (place === null || /^(script|style)$/i.test(place.tagName)) continue;
      if (place.checkVisibility()) shown.push(node.nodeValue ?? '');
    }
    const told = [...document.querySelectorAll('*')].flatMap((element) =>
      ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'].flatMap(
        (name) => element.getAttribute(name) ?? [],
      ),
    );
    return [shown.join('\n'), ...told];
  });
}

/** The stretches of a text that lie within no pair of marks, line by line. */
function outsideMarks(text: string): string[] {
  let depth = 0;
  let outside = '';
  for (const letter of text) {
    if (letter === OPENS) depth += 1;
    if (depth === 0) outside += letter;
    else if (letter === '\n') outside += letter;
    if (letter === CLOSES) depth -= 1;
  }
  return outside.split('\n').filter((piece) => /\p{L}/u.test(piece));
}

function isData(piece: string, data: string): boolean {
  const told = piece.toLowerCase();
  if (data.includes(told.trim())) return true;
  return told.split(/[,·:;()“”…]|\s–\s/).every((part) => {
    // A count and a name: 2 Standard.
    const rest = part.replace(/^\s*[\d,]+\s/, '').trim();
    return !/\p{L}/u.test(rest.replace(BY_LANGUAGE, '')) || data.includes(rest);
  });
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
