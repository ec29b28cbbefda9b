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
export const STARTS = 5;
/** How long an app is left alone before its memory is read. */
export const SETTLE_MS = 10_000;
export const IDLE_MS = 30_000;
