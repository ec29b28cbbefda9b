import { setFlagsFromString } from 'node:v8';
import type { App } from 'electron';

/** What suits programs that mostly wait: memory that is given back counts for more than the fastest code. */
const WAITING = [
  // Room for young objects stays small: it would grow to 32 MB for what is thrown away at once.
  '--semi-space-growth-factor=1',
  // What is thrown away is cleared soon, not only once there is twice as much as before.
  '--heap-growing-percent=20',
  '--optimize-for-size',
];
/** WebAssembly is tiny in the main process: SQLite's and zstd's runs in processes of its own. */
const TINY = '--liftoff-only';

/** Tunes V8 here, and in the windows to come; before the app is ready. A flag unknown to it changes nothing. */
export function tuneEngine(app: App): void {
  for (const flag of [...WAITING, TINY]) setFlagsFromString(flag);
  app.commandLine.appendSwitch('js-flags', WAITING.join(' '));
}
