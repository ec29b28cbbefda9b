/** For how long and how much is kept (product.md §5); of the 200 MB, the history has the rest. */
const MONTHS = 13;
const BYTES = 180_000_000;

/**
 * Those that are let go, oldest first; never the newest, whatever its age and size.
 *
 * @param looks newest first, each with when it was taken and what its file takes
 * @param now in milliseconds since 1970
 */
export function tooMany<L extends { readonly at: number; readonly bytes: number }>(
  looks: readonly L[],
  now: number,
): readonly L[] {
  const oldest = monthsBefore(now);
  let bytes = 0;
  let full = false;
  return looks
    .filter(({ at, bytes: size }, place) => {
      bytes += size;
      full ||= bytes > BYTES;
      return place > 0 && (full || at < oldest);
    })
    .reverse();
}

function monthsBefore(now: number): number {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - MONTHS);
  return date.getTime();
}
