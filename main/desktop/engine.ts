import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';

/** What suits a process that mostly waits: memory that is given back counts for more than the fastest code. */
const WAITING = [
  // Room for young objects stays small: it would grow to 32 MB for what is thrown away at once.
  '--semi-space-growth-factor=1',
  // What is thrown away is cleared soon, not only once there is twice as much as before.
  '--heap-growing-percent=20',
  '--optimize-for-size',
  // WebAssembly is tiny here: SQLite's and zstd's runs elsewhere.
  '--liftoff-only',
  // The optimising compilers take 9 MB as soon as they are used once.
  '--no-opt',
  '--no-maglev',
];
/**
 * Chromium's network service within the main process, instead of a process of its own, which takes 12 MB: all that
 * is asked of it is which proxy to use. Where Chromium doesn't know the name, nothing changes.
 */
const FEATURE = 'NetworkServiceInProcess2';

/**
 * Tunes the V8 of this process, and Chromium; before the app is ready. A flag unknown to V8 changes nothing. Windows
 * keep V8 as it is: what saves memory here makes frames of 50 ms and more there, and they give theirs back by themselves.
 */
export function tuneEngine(): void {
  for (const flag of WAITING) setFlagsFromString(flag);
  // There is one switch for all features: those that somebody has turned on stay on.
  const others = app.commandLine.getSwitchValue('enable-features');
  app.commandLine.appendSwitch('enable-features', [others, FEATURE].filter(Boolean).join(','));
}
