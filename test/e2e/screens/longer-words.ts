import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import texts from '../../../shared/language/en-GB.json' with { type: 'json' };

/**
 * The pseudo-locale: each text of the catalog stands between marks, and is two fifths longer. Imported before all
 * that says something, it puts this process's texts in it, so that what the main process says is in it, too.
 */

/** No text and no datum of the scenes holds them. */
export const OPENS = '‹';
export const CLOSES = '›';

const MORE = 0.4;
/** Letters that reach higher and lower than most, in words as long as English has them. */
const FILLING = 'Åöçéñßü';

Object.assign(texts, lengthened(texts));

/** All texts at greater length, with their places, plurals and bold parts as they were. */
export function lengthened(catalog: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(catalog).map(([word, text]) => [
      word,
      `${OPENS}${text}${filling(text)}${CLOSES}`,
    ]),
  );
}

/** A single word gets a longer word, since that is what narrow places have to hold; others get more of them. */
function filling(text: string): string {
  const letters = Math.max(1, Math.ceil(lengthOf(parse(text)) * MORE));
  const more = FILLING.repeat(Math.ceil(letters / FILLING.length)).slice(0, letters);
  if (!text.includes(' ')) return more;
  return ` ${more.match(/.{1,7}/g)?.join(' ') ?? more}`;
}

/** How many letters of a text are its own, by its longest plural. */
function lengthOf(elements: readonly MessageFormatElement[]): number {
  return elements.reduce((sum, element) => sum + lengthOfOne(element), 0);
}

function lengthOfOne(element: MessageFormatElement): number {
  switch (element.type) {
    case TYPE.literal:
      return element.value.length;
    case TYPE.tag:
      return lengthOf(element.children);
    case TYPE.plural:
    case TYPE.select:
      return Math.max(...Object.values(element.options).map(({ value }) => lengthOf(value)));
    default:
      return 0;
  }
}
