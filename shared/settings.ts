/** What the admin can choose from, most usual first where one is. */

/** How often the app looks at Xero by itself, in minutes. */
export const LOOK_INTERVALS = [15, 30, 60, 120, 240] as const;
/** After how many days a C1 credential counts as due for a rotation; null never reminds. */
export const REMINDERS = [30, 60, 90, null] as const;
export const THEMES = ['system', 'light', 'dark'] as const;
/** What makes the id of an account: one person in all organisations, or a user in each (product.md §2). */
export const ACCOUNT_IDS = ['global', 'user'] as const;
/** How long a pause that the admin begins may last. */
export const PAUSES = ['hour', 'tomorrow', 'byHand'] as const;
export type PauseLength = (typeof PAUSES)[number];
