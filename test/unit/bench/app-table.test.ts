import { describe, expect, it } from 'vitest';
import { appTable, missedByApp, type AppFacts } from '../../bench/app/table.ts';

const smooth = {
  typing: { count: 300, longest: 30, tooLong: 0 },
  scrolling: { count: 300, longest: 40, tooLong: 0 },
};
const well: AppFacts = {
  figures: {
    tray: { ours: 300, bare: 250 },
    window: { ours: 700, bare: 400 },
    memoryTray: { ours: 110e6, bare: 100e6 },
    memoryWindow: { ours: 220e6, bare: 200e6 },
  },
  idle: { ours: 0.0005, bare: 0.0001 },
  polling: 0.004,
  frames: { ours: smooth, bare: smooth },
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

  it('misses frames that stood where a bare page lost none, not those that the machine took from both', () => {
    const stuck = { ...smooth, typing: { count: 200, longest: 90, tooLong: 2 } };
    expect(missedByApp({ ...well, frames: { ours: stuck, bare: smooth } })).toEqual([
      'longest frame, typing over 100,000 people: 90 ms, 2/200 over 50 ms; a bare page: 30 ms, 0/300.',
    ]);
    expect(missedByApp({ ...well, frames: { ours: stuck, bare: stuck } })).toEqual([]);
  });

  it('shows a line for each figure', () => {
    expect(appTable(well)).toHaveLength(9);
    expect(appTable(well)[2]).toMatch(/usable window +700 ms +400 ms +1\.75 × +≤ 2\.00 ×/);
  });
});
