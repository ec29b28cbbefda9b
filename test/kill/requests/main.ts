import { SeededRandom } from '../../sandbox/random.ts';
import { killOften } from '../kill-often.ts';
import { Lane, type Kill } from './lane.ts';
import { KINDS, nextMoment } from './moments.ts';

/** Kills the server while requests of C1's are open. Resolves with 1 unless each got one answer. */
export async function killRequests(wanted: number, seed: number): Promise<number> {
  console.log(`Killing ${wanted} times in an open request with seed ${seed}.`);
  const random = new SeededRandom(seed);
  const lane = await Lane.open();
  const { kills } = await killOften(wanted, () => lane.run(nextMoment(random)));
  await lane.close();
  for (const line of table(kills)) console.log(line);
  const bad = kills.filter(({ objections, next }) => objections.length > 0 || next !== 'granted');
  for (const { moment, objections, next } of bad) {
    console.log(`BROKEN: ${JSON.stringify(moment)}, ${next}, ${objections.join(', ')}`);
  }
  if (bad.length === 0) console.log('Each request got one answer, after every kill.');
  return bad.length === 0 ? 0 : 1;
}

/** The counts of each moment, and what C1 was told after it. */
function table(kills: readonly Kill[]): string[] {
  const row = (name: string, some: readonly Kill[]): string =>
    [
      name.padEnd(14),
      some.length,
      some.filter(({ next }) => next === 'granted').length,
      some.reduce((sum, { objections }) => sum + objections.length, 0),
      some.reduce((sum, { repeats }) => sum + repeats, 0),
    ].join('\t');
  return [
    ['killed at'.padEnd(14), 'kills', 'granted', 'another answer', 'the same again'].join('\t'),
    ...KINDS.map((kind) =>
      row(
        kind,
        kills.filter(({ moment }) => moment.kind === kind),
      ),
    ),
    row('all', kills),
  ];
}
