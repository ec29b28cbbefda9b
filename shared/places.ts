/** Where a person acts, once a notification has told them that they must. */
export type Place =
  | StatusPlace
  /** All of C1's requests. */
  | 'requests'
  /** One of them. */
  | `request/${string}`;

/** Those on the status page. */
export type StatusPlace =
  /** The buttons on the card of the one or the other. */
  | 'xero'
  | 'c1'
  /** The sheet that changes C1's credential. */
  | 'credential'
  /** The row of one organisation. */
  | `organisation/${string}`;

/** What stands behind `#` in the window's address while it leads to a place. */
export function hashOf(place: Place): string {
  if (place === 'requests') return place;
  return isRequest(place) ? hashOfRequest(place.slice(REQUEST.length)) : `status/${place}`;
}

/** The same of a request's id. */
export function hashOfRequest(id: string): string {
  return `requests/${encodeURIComponent(id)}`;
}

const REQUEST = 'request/';

function isRequest(place: Place): place is `request/${string}` {
  return place.startsWith(REQUEST);
}

/** The place on the status page that the window's address leads to, if it does. */
export function placeIn(hash: string): StatusPlace | null {
  const [, named, organisation] =
    /^#status\/(?:(xero|c1|credential)|organisation\/([\w-]+))$/.exec(hash) ?? [];
  if (organisation !== undefined) return `organisation/${organisation}`;
  return named === 'xero' || named === 'c1' || named === 'credential' ? named : null;
}
