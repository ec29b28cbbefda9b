import { setFlagsFromString } from 'node:v8';

/** V8's flags that suit a command, and the newest V8 that is known to have them. */
const FLAGS = [
  // Its optimising compiler for WebAssembly takes longer for SQLite's largest function than a whole
  // sync of thousands of people, and the process can't end before it has.
  '--liftoff-only',
  // Room for young objects stays small: it would grow to 32 MB for what is thrown away at once.
  '--semi-space-growth-factor=1',
];
const NEWEST_KNOWN = 13;

/**
 * Tunes this process for one command, before any WebAssembly is loaded. A flag that V8 doesn't know
 * makes it complain to stderr: newer versions than the known ones are left as they are.
 * @param v8 its version, as `process.versions` has it
 */
export function tuneEngine(v8: string): void {
  if (Number.parseInt(v8, 10) > NEWEST_KNOWN) return;
  for (const flag of FLAGS) setFlagsFromString(flag);
}
