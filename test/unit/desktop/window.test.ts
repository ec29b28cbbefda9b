import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock.ts';

const shown = vi.hoisted(() => ({
  loads: 0,
  onGone: (): void => undefined,
}));

vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly webContents = {
      on: (_event: string, listener: () => void) => {
        shown.onGone = listener;
      },
    };
    on(): void {
      // Closing is tested with the real app.
    }
    loadURL(): Promise<void> {
      shown.loads += 1;
      return Promise.resolve();
    }
  },
  nativeTheme: { shouldUseDarkColors: false },
}));

const { AppWindow } = await import('../../../main/desktop/window.ts');

beforeEach(() => {
  shown.loads = 0;
});

function openWindow() {
  const clock = new FakeClock(0);
  new AppWindow({
    clock,
    preload: 'preload.cjs',
    icon: 'app.png',
    bounds: null,
    onMoved: () => undefined,
    hidesOnClose: () => true,
  });
  return clock;
}

describe('a page that crashed', () => {
  it('comes back, but not over and over', async () => {
    const clock = openWindow();
    shown.onGone();
    expect(shown.loads).toBe(1);
    await clock.advance(9_999);
    shown.onGone();
    expect(shown.loads).toBe(1);
    await clock.advance(1);
    shown.onGone();
    expect(shown.loads).toBe(2);
  });
});
