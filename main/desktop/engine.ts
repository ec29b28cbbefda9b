import { setFlagsFromString } from 'node:v8';
import type { App } from 'electron';

/** What suits a program that mostly waits: memory that is given back counts for more than the fastest code. */
const WAITING = [
  // Room for young objects stays small: it would grow to 32 MB for what is thrown away at once.
  '--semi-space-growth-factor=1',
  // What is thrown away is cleared soon, not only once there is twice as much as before.
  '--heap-growing-percent=20',
  '--optimize-for-size',
  // WebAssembly is tiny here: SQLite's and zstd's runs in processes of its own.
  '--liftoff-only',
];
/** The window draws many rows while somebody types: its code stays as fast as can be. */
const WINDOW = ['--semi-space-growth-factor=1'];

/** Tunes V8 here, and in the windows to come; before the app is ready. A flag unknown to it changes nothing. */
export function tuneEngine(app: App): void {
  for (const flag of WAITING) setFlagsFromString(flag);
  app.commandLine.appendSwitch('js-flags', WINDOW.join(' '));
}
