const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "Harbour & Sons Ltd, Northgate and Demo Company (UK)". */
export function inWords(names: readonly string[]): string {
  return AND.format(names);
}
