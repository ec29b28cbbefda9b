import { describe, expect, it } from 'vitest';
import { besideProgress, openProgress } from '../../../main/command-line/progress.ts';
import { KeptLog } from '../c1/quiet.ts';

class FakeScreen {
  readonly isTTY: boolean;
  text = '';

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.text += text;
  }

  /** What a person sees on the line: all after the last time that it was erased. */
  get line(): string {
    return this.text.slice(this.text.lastIndexOf(ERASE) + ERASE.length);
  }
}
const ERASE = '\r\u001b[K';
const reading = { kind: 'reading', done: 1, of: 2, for: 'c1' } as const;

describe('the progress bar', () => {
  it('is half full when half is done, and gone in the end', () => {
    const screen = new FakeScreen(true);
    const progress = openProgress(screen);
    progress.show(reading);
    expect(screen.line).toBe(`[${'#'.repeat(12)}${' '.repeat(12)}] reading Xero, 1 of 2`);
    progress.clear();
    expect(screen.line).toBe('');
    expect(screen.text).not.toContain('\n');
  });

  it('makes room for each line of the log', () => {
    const screen = new FakeScreen(true);
    const progress = openProgress(screen);
    const log = new KeptLog();
    progress.show(reading);
    besideProgress(log, progress).warn('xero.leftOut');
    expect(screen.line).toBe('');
    expect(log.lines).toHaveLength(1);
  });

  it('writes nothing at all where there is no terminal', () => {
    const screen = new FakeScreen(false);
    const progress = openProgress(screen);
    progress.show(reading);
    progress.clear();
    expect(screen.text).toBe('');
  });
});
