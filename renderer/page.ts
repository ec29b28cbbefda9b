import { useSyncExternalStore } from 'react';

/** The pages of the app after first run; the window's address ends in the one that is shown. */
const PAGE_IDS = ['status', 'access', 'requests', 'history', 'settings'] as const;
export type PageId = (typeof PAGE_IDS)[number];

/** The page that the address names; the status page where it names none. */
export function usePage(): PageId {
  return useSyncExternalStore(follow, shown, () => 'status');
}

/** Shows a page; at one of its parts, where one is named. */
export function goTo(page: PageId, part?: string): void {
  window.location.hash = part === undefined ? page : `${page}/${encodeURIComponent(part)}`;
}

/** What the address names within the page, as in `#requests/<id>`; null where it names the page alone. */
export function useNamedPart(): string | null {
  return useSyncExternalStore(follow, namedPart, () => null);
}

function namedPart(): string | null {
  const [, part] = window.location.hash.split('/');
  return part === undefined || part === '' ? null : decodeURIComponent(part);
}

function shown(): PageId {
  const [named] = window.location.hash.slice(1).split('/');
  return PAGE_IDS.find((id) => id === named) ?? 'status';
}

function follow(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
