import { say } from '../../../shared/language/say.ts';
import type { InboxView, RequestView } from '../../../shared/requests.ts';

/** Requests that are read together. */
export interface RequestGroup {
  /** Tells groups apart: the organisation's id, or a word. */
  readonly key: string;
  readonly name: string;
  readonly requests: readonly RequestView[];
}

const SEVERAL = 'several';

/** Open requests by organisation, the one that runs out first on top, in each group and among them. */
export function openGroups({ requests }: InboxView): readonly RequestGroup[] {
  const open = requests.filter(({ end }) => end === null).sort((a, b) => a.until - b.until);
  const groups = new Map<string, { name: string; requests: RequestView[] }>();
  for (const request of open) {
    const { key, name } = groupOf(request);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { name, requests: [request] });
    else known.requests.push(request);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

/** Those that ended, as they come: the newest first. */
export function endedOf({ requests }: InboxView): readonly RequestView[] {
  return requests.filter(({ end }) => end !== null);
}

/** What is shown while nobody has chosen: what runs out first, or what ended last. */
export function firstOf(inbox: InboxView): RequestView | undefined {
  return openGroups(inbox)[0]?.requests[0] ?? endedOf(inbox)[0];
}

/** Where a request is to be done: "Harbour Ltd", "3 organisations". */
export function whereWords({ places }: RequestView): string {
  const [place] = places;
  return places.length === 1 && place !== undefined
    ? place.organisation.name
    : say('count.organisation', { count: places.length });
}

function groupOf({ places }: RequestView): { readonly key: string; readonly name: string } {
  const [place] = places;
  return places.length === 1 && place !== undefined
    ? { key: place.organisation.id, name: place.organisation.name }
    : { key: SEVERAL, name: say('requests.severalOrganisations') };
}
