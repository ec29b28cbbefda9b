/** The fixed words of the History page. */
export const WORDS = {
  title: 'History',
  lead: 'What this app did and what was done with it: syncs, uploads, sign-ins, settings and exports. It stays on this computer, sealed, for 13 months.',
  search: 'Search',
  searchHint: 'A name, a code, a word',
  kind: 'Show',
  everything: 'Everything',
  export: 'Export',
  exportCsv: 'As CSV, for a spreadsheet',
  exportJsonLines: 'As JSON lines, for a program',
  exportOf: 'What is shown is exported, with all that is older.',
  loading: 'Reading the history',
  none: 'Nothing yet. Syncs, uploads, sign-ins and changes will stand here as they happen.',
  noneFits: 'Nothing in the history fits. Try another word, or show everything.',
  showAll: 'Show everything',
  older: 'Show older entries',
  begins: 'The history begins here.',
  tryAgain: 'Try again',
  today: 'Today',
  yesterday: 'Yesterday',
  when: 'When',
  what: 'Kind',
  entry: 'Entry',
} as const;

export function fresh(count: number): string {
  return count === 1 ? 'Show 1 new entry' : `Show ${count} new entries`;
}

export function saved(entries: number): string {
  return entries === 1 ? '1 entry was saved.' : `${entries.toLocaleString()} entries were saved.`;
}
