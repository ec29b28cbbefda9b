import { Code } from '@connectrpc/connect';
import type { TaskRecord } from '../sandbox/c1/queue.ts';
import type { Sample } from './serving.ts';
import { final, MINUTE, sum, warm, type Facts } from './verdict.ts';

/** What a run came to, as lines for a person. */
export function table(facts: Facts): string[] {
  const { tasks, faults, samples, polls, uploads, left } = facts;
  const repeats = sum(tasks, ({ finishes }) => Math.max(0, finishes - 1));
  const again = sum(tasks, ({ deliveries }) => Math.max(0, deliveries - 1));
  const early = warm(samples);
  const late = final(samples);
  const peak = Math.max(0, ...samples.map(({ sockets }) => sockets));
  return [
    ...section('Tasks', tally(tasks.map(outcomeOf))),
    line('  all', tasks.length),
    line('  handed out again', again),
    line('  answers repeated word for word', repeats),
    line('  uploads received', uploads),
    ...section('Faults', tally(faults)),
    line('  all', faults.length),
    'The process',
    ...(early === undefined || late === undefined
      ? ['  not measured: there is no /proc here']
      : [
          line(`  RSS after ${seconds(early.at)}`, `${early.rssMb.toFixed(1)} MB`),
          line(`  RSS after ${seconds(late.at)}`, `${late.rssMb.toFixed(1)} MB`),
          line('  sockets then, at most, at the end', `${early.sockets}, ${peak}, ${late.sockets}`),
          `  RSS minute by minute, in MB: ${minutes(samples).join(', ')}`,
        ]),
    line('  temporary files left', left.length),
    line('  polls', polls.length),
    line('  longest gap between polls', seconds(longestGap(polls))),
    line('  longest time that nothing could pass', seconds(facts.longestOutage)),
  ];
}

function outcomeOf({ kind, state, outcome }: Readonly<TaskRecord>): string {
  if (kind === 'none') return 'none: no answer due';
  if (outcome === null) return `${kind}: ${state}`;
  return `${kind}: ${outcome.ok ? 'done' : `${state}, ${Code[outcome.code] ?? outcome.code}`}`;
}

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => one.localeCompare(other));
}

function section(title: string, rows: readonly [string, number][]): string[] {
  return [title, ...rows.map(([name, count]) => line(`  ${name}`, count))];
}

function line(name: string, value: string | number): string {
  return `${name.padEnd(48)} ${String(value).padStart(10)}`;
}

/** The median of each minute. */
function minutes(samples: readonly Sample[]): number[] {
  const count = Math.ceil((samples.at(-1)?.at ?? 0) / MINUTE);
  return Array.from({ length: count }, (_, index) => {
    const sizes = samples
      .filter(({ at }) => Math.floor(at / MINUTE) === index)
      .map(({ rssMb }) => rssMb)
      .sort((one, other) => one - other);
    return Math.round(sizes[Math.floor(sizes.length / 2)] ?? NaN);
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function longestGap(times: readonly number[]): number {
  return Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}
