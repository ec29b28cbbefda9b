/** What has to be typed before everything is erased. */
export const ERASE_WORDS = 'erase everything';

/** What erasing takes away, in a sentence each. */
export interface EraseList {
  readonly items: readonly string[];
}

/** How it went. */
export interface EraseReport {
  readonly erased: readonly string[];
  /** What couldn't be done, and what the admin can do about it. */
  readonly left: readonly string[];
}
