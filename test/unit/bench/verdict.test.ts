import { describe, expect, it } from 'vitest';
import type { RawFacts } from '../../bench/raw.ts';
import type { RunFacts } from '../../bench/run.ts';
import { Stretches } from '../../bench/stretches.ts';
import { table } from '../../bench/table.ts';
import { missed, type SizeFacts } from '../../bench/verdict.ts';

function size(run: Partial<RunFacts> = {}, raw: Partial<RawFacts> = {}): SizeFacts {
  return {
    run: {
      accounts: 1000,
      grants: 2000,
      fileBytes: 400_000,
      writeMs: 300,
      writeCpuMs: 300,
      rssBytes: { before: 1e8, peak: 2e8 },
      heapBytes: 5e7,
      stretches: { look: { wallMs: 20, cpuMs: 18 }, write: { wallMs: 8, cpuMs: 6 } },
      waitedShare: 0,
      ...run,
    },
    raw: { rows: 3200, ms: 100, cpuMs: 100, ...raw },
  };
}
const blocked = { write: { wallMs: 81, cpuMs: 12 } };

describe('the verdict of the bench', () => {
  it('is none where every goal is met', () => {
    expect(missed([size(), size({ accounts: 100_000 })])).toEqual([]);
  });

  it('names the part that kept the main thread, of whatever size', () => {
    expect(missed([size({ stretches: blocked }), size()])).toEqual([
      '1000 accounts: “write” kept the main thread for 81 ms at a stretch, over 50 ms.',
    ]);
  });

  it('goes by the processor where the machine was busy with other work', () => {
    expect(missed([size({ stretches: blocked, waitedShare: 0.4 })])).toEqual([]);
    const worse = { write: { wallMs: 900, cpuMs: 70 } };
    expect(missed([size({ stretches: worse, waitedShare: 0.4 })])[0]).toContain('for 70 ms');
  });

  it('holds the ratio against the largest size alone', () => {
    const small = size({ writeMs: 900 });
    expect(missed([small, size()])).toEqual([]);
    expect(missed([size(), size({ accounts: 100_000, writeMs: 400 })])).toEqual([
      '100000 accounts: a write takes 4.00 × the raw insert, not under 4 ×.',
    ]);
    const busy = { accounts: 100_000, writeMs: 400, waitedShare: 0.4 };
    expect(missed([size(busy)])).toEqual([]);
    expect(missed([size({ ...busy, writeCpuMs: 410 })])[0]).toContain('4.10 ×');
  });
});

it('the table has a column for each size, and the cost for each account', () => {
  const lines = table([size(), size({ accounts: 10_000, writeCpuMs: 2500 })]);
  expect(lines.find((line) => line.startsWith('accounts'))).toMatch(/ 1000 .* 10000$/);
  expect(lines.find((line) => line.includes('for each account'))).toMatch(/ 300 µs .* 250 µs$/);
});

it('a stretch is as long as what gave nothing else its turn, and is told of its part', async () => {
  const stretches = new Stretches();
  stretches.begin('idle');
  await new Promise((resolve) => setImmediate(resolve));
  stretches.begin('busy');
  const until = performance.now() + 20;
  while (performance.now() < until);
  const { busy } = stretches.end();
  expect(busy?.wallMs).toBeGreaterThanOrEqual(20);
});
