import { longestOf, ratioOf, wasQuiet, type SizeFacts } from './verdict.ts';

/** The figures as a table for a person, a column for each size. */
export function table(sizes: readonly SizeFacts[]): readonly string[] {
  const parts = Object.keys(sizes[0]?.run.stretches ?? {});
  const rows: readonly (readonly [string, (size: SizeFacts) => string])[] = [
    ['accounts', ({ run }) => String(run.accounts)],
    ['grants', ({ run }) => String(run.grants)],
    ['rows', ({ raw }) => String(raw.rows)],
    ['size of the file', ({ run }) => megabytes(run.fileBytes)],
    ['write', ({ run }) => milliseconds(run.writeMs)],
    ['write, processor time', ({ run }) => milliseconds(run.writeCpuMs)],
    ['raw insert', ({ raw }) => milliseconds(raw.ms)],
    ['raw insert, processor time', ({ raw }) => milliseconds(raw.cpuMs)],
    ['write / raw insert', (size) => `${ratioOf(size).toFixed(2)} ×${wasQuiet(size) ? '' : '*'}`],
    [
      'write for each account, processor time',
      ({ run }) => `${((1000 * run.writeCpuMs) / run.accounts).toFixed(0)} µs`,
    ],
    ['peak memory before the write', ({ run }) => megabytes(run.rssBytes.before)],
    ['peak memory with the writer’s thread', ({ run }) => megabytes(run.rssBytes.peak)],
    ['peak heap of the main thread', ({ run }) => megabytes(run.heapBytes)],
    [
      'longest stretch of the main thread',
      (size) => `${milliseconds(longestOf(size))}${wasQuiet(size) ? '' : '*'}`,
    ],
    ...parts.map(
      (part) =>
        [
          `  ${part}: wall, processor`,
          ({ run }: SizeFacts) => {
            const { wallMs = 0, cpuMs = 0 } = run.stretches[part] ?? {};
            return `${wallMs.toFixed(0)}, ${milliseconds(cpuMs)}`;
          },
        ] as const,
    ),
  ];
  return [
    ...rows.map(([name, cell]) =>
      [name.padEnd(40), ...sizes.map((size) => cell(size).padStart(18))].join(''),
    ),
    ...(sizes.every(wasQuiet) ? [] : ['* of the processor: the machine was busy with other work']),
  ];
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
