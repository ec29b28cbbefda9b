import { IntlMessageFormat } from 'intl-messageformat';
import texts from './en-GB.json' with { type: 'json' };
import { dateFormat, pluralRules } from './formats.ts';

/** The key of a text in the catalog. */
export type Word = keyof typeof texts;

/** What stands in the places that a text names. */
export type Values = Readonly<Record<string, string | number>>;

const LANGUAGE = 'en-GB';
/** A text without any of these says what it says: most do, and none of them needs the parser. */
const SYNTAX = /[{<']/;

// Asked which languages it knows, Node’s Intl reads 6 MB of them; this one each of them knows.
IntlMessageFormat.resolveLocale = () => new Intl.Locale(LANGUAGE);

const formats = new Map<Word, IntlMessageFormat>();

/** The text of a word in ICU's MessageFormat, ready to take values; made once. */
export function formatOf(word: Word): IntlMessageFormat {
  const made = formats.get(word);
  if (made !== undefined) return made;
  const format = new IntlMessageFormat(texts[word], LANGUAGE, undefined, { formatters });
  formats.set(word, format);
  return format;
}

/** A text of the catalog with its values: "3 people". Numbers that are counted are grouped. */
export function say(word: Word, values: Values = {}): string {
  const text = texts[word];
  return SYNTAX.test(text) ? String(formatOf(word).format(values)) : text;
}

/** Plurals follow the language of the texts, numbers the way in which this computer groups them. */
const formatters = {
  getNumberFormat: (_: unknown, options?: Intl.NumberFormatOptions) => groupedNumbers(options),
  getDateTimeFormat: (_: unknown, options?: Intl.DateTimeFormatOptions) => dateFormat(options),
  getPluralRules: (_: unknown, options?: Intl.PluralRulesOptions) => pluralRules(LANGUAGE, options),
};

/** What is too small to be grouped is written at once: the rest of Intl takes memory, and most counts are small. */
function groupedNumbers(options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  const whole = () => new Intl.NumberFormat(undefined, { ...options, numberingSystem: 'latn' });
  const isSmall = (value: unknown) =>
    options === undefined && Number.isInteger(value) && Math.abs(Number(value)) < 1_000;
  return {
    format: (value: number | bigint) => (isSmall(value) ? String(value) : whole().format(value)),
    formatToParts: (value) => whole().formatToParts(Number(value)),
    formatRange: (from, to) => whole().formatRange(from, to),
    formatRangeToParts: (from, to) => whole().formatRangeToParts(from, to),
    resolvedOptions: () => whole().resolvedOptions(),
  };
}
