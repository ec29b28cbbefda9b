import { listFormat } from '../../shared/language/formats.ts';

/** "Harbour & Sons Ltd, Northgate and Demo Company (UK)". */
export function inWords(names: readonly string[]): string {
  return listFormat('en-GB').format(names);
}
