import { runPromises } from './promises.mjs';

/** A minute of the soak, which counts as one test; `npm run soak` is the long one. */
export function runSoak() {
  return runPromises('soak', ['test/soak/main.ts', '--seconds', '60']);
}
