import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../../shared/errors.ts';

const seen = vi.hoisted(() => ({ steps: [] as unknown[] }));

vi.mock('electron', () => ({
  app: {
    whenReady: () => {
      seen.steps.push('ready');
      return Promise.resolve();
    },
    exit: (code: number) => seen.steps.push(['exit', code]),
  },
  dialog: {
    showErrorBox: (title: string, content: string) => seen.steps.push([title, content]),
  },
}));

const { startBroke, tellCannotStart } = await import('../../../main/desktop/start-trouble.ts');

const full: Failure = {
  code: 'diskFull',
  message: 'The disk is full. Free some space, then try again.',
  next: 'freeDisk',
  detail: 'ENOSPC',
};

beforeEach(() => {
  seen.steps = [];
});

describe('an app that can’t start', () => {
  it('says why in a dialog once one can be shown, and ends', async () => {
    await tellCannotStart(full);
    expect(seen.steps).toEqual([
      'ready',
      ['C1 Connector for Xero can’t start', `${full.message}\n\nDetails: diskFull, ENOSPC`],
      ['exit', 1],
    ]);
  });

  it('says of a bug what to do, and nothing of its words', async () => {
    await tellCannotStart(startBroke(new TypeError('ana@harbour.example is undefined')));
    const [, [, content]] = seen.steps as [string, [string, string]];
    expect(content).toContain('open the app again');
    expect(content).toContain('Details: bug, TypeError');
    expect(content).not.toContain('ana@');
  });
});
