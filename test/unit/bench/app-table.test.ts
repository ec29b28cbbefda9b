import { describe, expect, it } from 'vitest';
import { appTable, missedByApp, type AppFacts } from '../../bench/app/table.ts';

const well: AppFacts = {
  figures: {
    tray: { ours: 300, bare: 250 },
    window: { ours: 700, bare: 400 },
    memoryTray: { ours: 110e6, bare: 100e6 },
    memoryWindow: { ours: 220e6, bare: 200e6 },
  },
  idle: { ours: 0.0005, bare: 0.0001 },
};

describe('the app beside a bare Electron', () => {
  it('misses nothing where every ratio is within its goal', () => {
    expect(missedByApp(well)).toEqual([]);
  });

  it('misses what is over its goal, by name and figure', () => {
    const slow = { ...well.figures, tray: { ours: 400, bare: 250 } };
    expect(missedByApp({ ...well, figures: slow })).toEqual([
      'from the start to the tray: 1.60 × a bare Electron, over 1.50 ×.',
    ]);
    expect(missedByApp({ ...well, idle: { ours: 0.002, bare: 0 } })).toEqual([
      'idle with its window closed it takes 0.20 % of a processor, not under 0.10 %.',
    ]);
  });

  it('shows a line for each figure', () => {
    expect(appTable(well)).toHaveLength(6);
    expect(appTable(well)[2]).toMatch(/usable window +700 ms +400 ms +1\.75 × +≤ 2\.00 ×/);
  });
});
