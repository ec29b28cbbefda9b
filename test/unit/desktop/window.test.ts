import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock.ts';

const shown = vi.hoisted(() => ({
  made: 0,
  loads: [] as string[],
  onGone: (): void => undefined,
  on: new Map<string, () => void>(),
  sent: [] as string[],
}));

vi.mock('electron', () => ({
  app: {},
  BrowserWindow: class {
    readonly webContents = {
      on: (event: string, listener: () => void) => {
        if (event === 'render-process-gone') shown.onGone = listener;
        else shown.on.set(event, listener);
      },
      send: (channel: string) => shown.sent.push(channel),
    };
    constructor() {
      shown.made += 1;
    }
    on(event: string, listener: () => void): void {
      shown.on.set(event, listener);
    }
    once = this.on.bind(this);
    loadURL(address: string): Promise<void> {
      shown.loads.push(address);
      return Promise.resolve();
    }
    isMinimized = () => false;
    getNormalBounds = () => ({ x: 1, y: 2, width: 3, height: 4 });
    hide = () => undefined;
    show = () => undefined;
    focus = () => undefined;
  },
  nativeTheme: { shouldUseDarkColors: false },
}));

const { AppWindow } = await import('../../../main/desktop/window.ts');

beforeEach(() => {
  shown.made = 0;
  shown.loads = [];
  shown.sent = [];
  shown.on.clear();
});

function appWindow() {
  const clock = new FakeClock(0);
  const heard: unknown[] = [];
  const window = new AppWindow({
    clock,
    preload: 'preload.cjs',
    icon: 'app.png',
    bounds: () => null,
    onMoved: (bounds) => heard.push(bounds),
    onShown: () => heard.push('shown'),
    onTouched: () => heard.push('touched'),
    onClosed: () => heard.push('closed'),
  });
  return { clock, window, heard };
}

describe('the window', () => {
  it('isn’t there before it is asked for', () => {
    const { window } = appWindow();
    window.push({} as never);
    expect(shown.made).toBe(0);
    window.show();
    window.show();
    expect(shown.made).toBe(1);
    expect(shown.loads).toEqual(['app://window/index.html']);
  });

  it('opens at the place to which a notification leads, also when it is there already', () => {
    const { window } = appWindow();
    window.show('credential');
    window.show('organisation/0a-1');
    expect(shown.loads).toEqual([
      'app://window/index.html#status/credential',
      'app://window/index.html#status/organisation/0a-1',
    ]);
  });

  it('keeps its place when it is closed, and is made anew afterwards', () => {
    const { window, heard } = appWindow();
    window.show();
    shown.on.get('close')?.();
    shown.on.get('closed')?.();
    expect(heard).toEqual([{ x: 1, y: 2, width: 3, height: 4 }, 'closed']);
    window.show();
    expect(shown.made).toBe(2);
  });

  it('is told to give memory back where it is there, and says when its page has come up', () => {
    const { window, heard } = appWindow();
    window.rest();
    window.show();
    expect(shown.sent).toEqual([]);
    shown.on.get('ready-to-show')?.();
    expect(heard).toEqual(['shown']);
    window.rest();
    expect(shown.sent).toEqual(['rest']);
    shown.on.get('input-event')?.();
    expect(heard).toEqual(['shown', 'touched']);
  });
});

describe('a page that crashed', () => {
  it('comes back, but not over and over', async () => {
    const { clock, window } = appWindow();
    window.show();
    shown.loads = [];
    shown.onGone();
    expect(shown.loads).toHaveLength(1);
    await clock.advance(9_999);
    shown.onGone();
    expect(shown.loads).toHaveLength(1);
    await clock.advance(1);
    shown.onGone();
    expect(shown.loads).toHaveLength(2);
  });
});
