import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../main/connector/settings.ts';
import { Closing } from '../../../main/desktop/closing.ts';
import { MemorySettings } from '../connector/memory-settings.ts';
import { HARBOUR } from '../connector/snapshots.ts';

function desktop({ hasTray, answer = 0 }: { hasTray: boolean; answer?: number }) {
  const said: string[] = [];
  const closing = new Closing({
    settings: new MemorySettings(defaultSettings(HARBOUR)),
    showsTray: () => Promise.resolve(hasTray),
    ask: ({ message, buttons }) => {
      said.push(`${message} ${buttons.join('/')}`);
      return Promise.resolve(answer);
    },
    quit: () => said.push('quit'),
  });
  return { closing, said };
}

describe('closing the window', () => {
  it('says the first time that the app goes on', async () => {
    const { closing, said } = desktop({ hasTray: true });
    await closing.closed();
    await closing.closed();
    expect(said).toEqual(['The app goes on without its window. Keep running/Quit']);
  });

  it('says each time where no tray shows the app', async () => {
    const { closing, said } = desktop({ hasTray: false });
    await closing.closed();
    await closing.closed();
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('this desktop shows no icon for it');
  });

  it('quits where that is wanted', async () => {
    const { closing, said } = desktop({ hasTray: true, answer: 1 });
    await closing.closed();
    expect(said.at(-1)).toBe('quit');
  });
});
