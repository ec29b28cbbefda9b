import { setFlagsFromString } from 'node:v8';

/** V8's flags that suit every command, and the newest V8 that is known to have all of these. */
const ALWAYS = [
  // Its optimising compiler for WebAssembly takes longer for SQLite's largest function than a whole
  // sync of thousands of people, and the process can't end before it has.
  '--liftoff-only',
  // Room for young objects stays small: it would grow to 32 MB for what is thrown away at once.
  '--semi-space-growth-factor=1',
  // What is thrown away is cleared soon, not only once there is twice as much as before.
  '--heap-growing-percent=20',
];
/** In a short command, little memory is worth more than the fastest code. */
const SHORT = [
  '--optimize-for-size',
  // Only what runs really long is worth the memory of the optimising compiler.
  '--interrupt-budget=2000000',
  // Each thread that helps to clear what is young takes memory of its own.
  '--no-parallel-scavenge',
];
/** Less than a third of it: what runs for a while is worth it. */
const LONGER = ['--interrupt-budget=600000'];
const LONG = ['--no-optimize-for-size', '--no-liftoff-only', '--parallel-scavenge'];
const NEWEST_KNOWN = 13;

/** From so many people on, a sync takes long enough for what is hottest to be optimised, and from so many for the rest. */
const SOME_PEOPLE = 3_000;
const MANY_PEOPLE = 30_000;

/**
 * Tunes this process, before any WebAssembly is loaded. A flag that V8 doesn't know makes it
 * complain to stderr: newer versions than the known ones are left as they are.
 * @param v8 its version, as `process.versions` has it
 */
export function tuneEngine(v8: string): void {
  apply(ALWAYS, v8);
}

/** Tunes it further for one sync, as far as it isn't known yet how large. */
export function tuneForSync(v8: string): void {
  apply(SHORT, v8);
}

/** Tunes it for a sync of so many people, before SQLite is loaded. */
export function tuneForPeople(v8: string, people: number): void {
  if (people >= SOME_PEOPLE) apply(LONGER, v8);
  if (people >= MANY_PEOPLE) apply(LONG, v8);
}

function apply(flags: readonly string[], v8: string): void {
  if (Number.parseInt(v8, 10) > NEWEST_KNOWN) return;
  for (const flag of flags) setFlagsFromString(flag);
}
