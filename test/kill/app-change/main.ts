import { SeededRandom } from '../../sandbox/random.ts';
import { killOften } from '../kill-often.ts';
import { Lane, type Kill } from './lane.ts';
import { KINDS, nextMoment } from './moments.ts';

/** Kills the app around the steps of changing the Xero app. Resolves with 1 when a start after a kill doesn't work. */
export async function killAppChanges(wanted: number, seed: number): Promise<number> {
  console.log(`Killing ${wanted} changes of the Xero app with seed ${seed}.`);
  const random = new SeededRandom(seed);
  const lane = await Lane.open();
  const { kills, endedBefore } = await killOften(wanted, () => lane.run(nextMoment(random)));
  await lane.close();
  for (const line of table(kills)) console.log(line);
  console.log(`ended before it could be killed: ${endedBefore}`);
  const bad = kills.filter(({ next, inUse }) => next !== 'reads all' || inUse === 'not one alone');
  for (const { moment, after } of bad) console.log('BROKEN:', JSON.stringify(moment), after);
  const orphans = kills.reduce((sum, kill) => sum + kill.orphans, 0);
  if (orphans > 0) console.log(`BROKEN: ${orphans} entries of the keychain belong to no sign-in.`);
  const wrong = kills.flatMap((kill) => kill.wrong);
  for (const file of new Set(wrong)) console.log(`BROKEN: a secret in ${file}`);
  const broken = bad.length + orphans + wrong.length;
  if (broken === 0) console.log('One sign-in read all after every kill, and no other was left.');
  return broken === 0 ? 0 : 1;
}

/** The counts of each moment, and what was found after it. */
function table(kills: readonly Kill[]): string[] {
  const afters = ['old alone', 'both kept', 'new alone'] as const;
  const row = (name: string, some: readonly Kill[]): string =>
    [
      name.padEnd(24),
      some.length,
      ...afters.map((after) => some.filter((kill) => kill.after === after).length),
      some.filter(({ inUse }) => inUse === 'old').length,
      some.filter(({ inUse }) => inUse === 'new').length,
      some.filter(({ next }) => next === 'reads all').length,
    ].join('\t');
  return [
    ['killed at'.padEnd(24), 'kills', ...afters, 'then old', 'then new', 'reads all'].join('\t'),
    ...KINDS.map((kind) =>
      row(
        kind,
        kills.filter(({ moment }) => moment.kind === kind),
      ),
    ),
    row('all', kills),
  ];
}
