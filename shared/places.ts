/** Where on the status page a person acts, once a notification has told them that they must. */
export type Place =
  /** The buttons on the card of the one or the other. */
  | 'xero'
  | 'c1'
  /** The sheet that changes C1's credential. */
  | 'credential'
  /** The row of one organisation. */
  | `organisation/${string}`;

/** What stands behind `#` in the window's address while it leads to a place. */
export function hashOf(place: Place): string {
  return `status/${place}`;
}

/** The place that the window's address leads to, if it does. */
export function placeIn(hash: string): Place | null {
  const [, named, organisation] =
    /^#status\/(?:(xero|c1|credential)|organisation\/([\w-]+))$/.exec(hash) ?? [];
  if (organisation !== undefined) return `organisation/${organisation}`;
  return named === 'xero' || named === 'c1' || named === 'credential' ? named : null;
}
