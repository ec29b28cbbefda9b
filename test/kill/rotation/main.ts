import { SeededRandom } from '../../sandbox/random.ts';
import { killOften } from '../kill-often.ts';
import { Lane, type Kill } from './lane.ts';
import { KINDS, nextMoment } from './moments.ts';

/** Kills the app around the steps of a rotation. Resolves with 1 when a start after a kill doesn't work. */
export async function killRotations(wanted: number, seed: number): Promise<number> {
  console.log(`Killing ${wanted} rotations with seed ${seed}.`);
  const random = new SeededRandom(seed);
  const lane = await Lane.open();
  const { kills, endedBefore } = await killOften(wanted, () => lane.run(nextMoment(random)));
  await lane.close();
  for (const line of table(kills)) console.log(line);
  console.log(`ended before it could be killed: ${endedBefore}`);
  const bad = kills.filter(({ next, inUse }) => next !== 'works' || inUse === 'neither');
  for (const { moment, after } of bad) console.log('BROKEN:', JSON.stringify(moment), after);
  const wrong = kills.flatMap((kill) => kill.wrong);
  for (const file of new Set(wrong)) console.log(`BROKEN: a secret in ${file}`);
  if (bad.length + wrong.length === 0) {
    console.log('One credential was in use after every kill, and worked.');
  }
  return bad.length + wrong.length === 0 ? 0 : 1;
}

/** The counts of each moment, and what was found after it. */
function table(kills: readonly Kill[]): string[] {
  const afters = ['old alone', 'new one pending', 'old one kept', 'new alone'] as const;
  const row = (name: string, some: readonly Kill[]): string =>
    [
      name.padEnd(24),
      some.length,
      ...afters.map((after) => some.filter((kill) => kill.after === after).length),
      some.filter(({ moment }) => moment.oldEnds).length,
      some.filter(({ next }) => next === 'works').length,
    ].join('\t');
  return [
    ['killed at'.padEnd(24), 'kills', ...afters, 'old ended in C1', 'works'].join('\t'),
    ...KINDS.map((kind) =>
      row(
        kind,
        kills.filter(({ moment }) => moment.kind === kind),
      ),
    ),
    row('all', kills),
  ];
}
