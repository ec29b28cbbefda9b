import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';

/** What suits programs that mostly wait: memory that is given back counts for more than the fastest code. */
const WAITING = [
  // Room for young objects stays small: it would grow to 32 MB for what is thrown away at once.
  '--semi-space-growth-factor=1',
  // What is thrown away is cleared soon, not only once there is twice as much as before.
  '--heap-growing-percent=20',
  '--optimize-for-size',
];
/** The main process waits most of all: what takes long is done in processes of its own. */
const TRAY = [
  // WebAssembly is tiny here: SQLite's and zstd's runs elsewhere.
  '--liftoff-only',
  // The optimising compilers take 9 MB as soon as they are used once; a window's keep its frames short.
  '--no-opt',
  '--no-maglev',
];
/**
 * Chromium's network service within the main process, instead of a process of its own, which takes 12 MB: all that
 * is asked of it is which proxy to use. Where Chromium doesn't know the name, nothing changes.
 */
const FEATURE = 'NetworkServiceInProcess2';

/** Tunes V8, here and in the windows to come, and Chromium; before the app is ready. A flag unknown to V8 changes nothing. */
export function tuneEngine(): void {
  for (const flag of [...WAITING, ...TRAY]) setFlagsFromString(flag);
  app.commandLine.appendSwitch('js-flags', WAITING.join(' '));
  // There is one switch for all features: those that somebody has turned on stay on.
  const others = app.commandLine.getSwitchValue('enable-features');
  app.commandLine.appendSwitch('enable-features', [others, FEATURE].filter(Boolean).join(','));
}
