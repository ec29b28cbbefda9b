import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SeededRandom } from '../sandbox/random.ts';
import { killAppChanges } from './app-change/main.ts';
import { Lane } from './lane.ts';
import { killRequests } from './requests/main.ts';
import { killRotations } from './rotation/main.ts';
import { nextMoment } from './moments.ts';
import { table, type Kill } from './table.ts';

/**
 * `npm run kill-test [-- --kills 300 --seed 1]`: kills the real `sync` and the real `serve` with SIGKILL
 * around their refreshes. Exits with 1 when a start after a kill isn't signed in any more, or when a token is found
 * where none may be: printed, or in any file but the token file (and, right after a kill, the one that
 * was about to replace it). With the word `rotations` it kills the app around the steps of changing C1's
 * credential instead, with `app-changes` around those of changing the Xero app, and with `requests` the
 * server while a person does in Xero what C1 asks for.
 */

const Options = z.object({
  kills: z.coerce.number().int().positive().default(300),
  seed: z.coerce.number().int().default(1),
});
/** Servers that are killed at the same time. */
const LANES = 2;

const { values, positionals } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const { kills, seed } = Options.parse(values);
const what = z
  .enum(['refreshes', 'rotations', 'app-changes', 'requests'])
  .parse(positionals[0] ?? 'refreshes');
const tests = {
  refreshes: killTest,
  rotations: killRotations,
  'app-changes': killAppChanges,
  requests: killRequests,
};
process.exitCode = await tests[what](kills, seed);

async function killTest(wanted: number, from: number): Promise<number> {
  console.log(`Killing ${wanted} times with seed ${from}.`);
  const killed: Kill[] = [];
  let endedBefore = 0;
  const work = async (nth: number): Promise<void> => {
    // Of its own, so that the moments are the same however fast the other lane is.
    const random = new SeededRandom(from * LANES + nth);
    const lane = await Lane.open();
    for (let left = Math.ceil((wanted - nth) / LANES); left > 0;) {
      const kill = await lane.run(nextMoment(random));
      if (kill === null) {
        endedBefore += 1;
        continue;
      }
      killed.push(kill);
      left -= 1;
      if (killed.length % 25 === 0) console.log(`${killed.length} of ${wanted}`);
    }
    await lane.close();
  };
  await Promise.all(Array.from({ length: LANES }, (_, nth) => work(nth)));
  console.log(table(killed, endedBefore).join('\n'));
  const wrong = killed.flatMap((kill) => kill.wrong);
  for (const where of new Set(wrong)) console.log(`BROKEN: a token ${where}.`);
  const lost = killed.filter(({ next }) => next !== 'signed in').length;
  if (lost > 0) console.log(`BROKEN: ${lost} starts weren’t signed in.`);
  if (wrong.length + lost === 0) console.log('No sign-in was lost, and no token left its file.');
  return wrong.length + lost === 0 ? 0 : 1;
}
