import { createElement, Fragment } from 'react';
import type { ReactNode } from 'react';
import { formatOf } from '../../shared/language/say.ts';
import type { Word } from '../../shared/language/say.ts';

/** A text of the catalog with something bold in it, or with elements among its values. */
export function Say({
  word,
  values = {},
}: {
  word: Word;
  values?: Readonly<Record<string, ReactNode>>;
}) {
  const parts = formatOf(word).formatToParts<ReactNode>({ ...values, b: bold });
  return inPlace(
    Fragment,
    parts.map(({ value }) => value),
  );
}

function bold(words: ReactNode[]) {
  return inPlace('b', words);
}

/** The pieces of a sentence never change places: as children of their own they need no keys. */
function inPlace(parent: typeof Fragment | 'b', pieces: readonly ReactNode[]) {
  return createElement(parent, null, ...pieces);
}
