/**
 * The formatters of Intl, each made once: one of dates takes about 100 kB, which are only given back by
 * a collection, and the window asks for one with each tick of its clock.
 */
const dates = new Map<string, Intl.DateTimeFormat>();
const plurals = new Map<string, Intl.PluralRules>();
let list: Intl.ListFormat | undefined;

let zone = '';

/** Of dates, in the language given or the user's own; in the time zone of now, also after a journey. */
export function dateFormat(
  options?: Intl.DateTimeFormatOptions,
  locale?: string,
): Intl.DateTimeFormat {
  const here = zoneOfNow();
  // One made elsewhere goes on telling the time there.
  if (here !== zone) dates.clear();
  zone = here;
  return once(dates, [locale, options], () => new Intl.DateTimeFormat(locale, options));
}

/** Of plurals, in this language. */
export function pluralRules(locale: string, options?: Intl.PluralRulesOptions): Intl.PluralRules {
  return once(plurals, [locale, options], () => new Intl.PluralRules(locale, options));
}

/** "Harbour & Sons Ltd, Northgate and Demo Company (UK)", in the language of the texts. */
export function inWords(names: readonly string[]): string {
  list ??= new Intl.ListFormat('en-GB');
  return list.format(names);
}

/** Tells time zones apart without asking Intl for their names. */
function zoneOfNow(): string {
  const year = new Date().getFullYear();
  return [0, 6].map((month) => new Date(year, month).getTimezoneOffset()).join(' ');
}

function once<T>(made: Map<string, T>, of: readonly unknown[], make: () => T): T {
  const key = JSON.stringify(of);
  const there = made.get(key);
  if (there !== undefined) return there;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
