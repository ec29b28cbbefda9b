/** What the app may take beside a bare Electron, as ratios, and what it may take by itself. */
export const GOALS = {
  tray: 1.5,
  window: 2,
  memoryTray: 1.15,
  memoryWindow: 1.15,
} as const;
export type Figure = keyof typeof GOALS;

/** Of one processor, with the window closed. */
export const HIGHEST_IDLE_SHARE = 0.001;

/** Of these people one sync has been made before memory is measured. */
export const ACCOUNTS = 1000;
/** People whom the Access page is typed and scrolled over. */
export const MANY_ACCOUNTS = 100_000;
/** Single starts differ by a third: the median of so many is steady. */
export const STARTS = 11;
/** How long an app is left alone before its memory is read. */
export const SETTLE_MS = 10_000;
export const IDLE_MS = 30_000;
/**
 * How often C1 wants to be asked while idling is measured. C1 sets this pace, not the app, and its usual one isn't
 * known: the sandbox's own, each second, would measure C1's impatience. What one such poll takes is told besides.
 */
export const POLL_MS = 60_000;
