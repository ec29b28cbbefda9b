import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pause } from '../../../shared/settings-schema.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { change } from '../../e2e/screens/requests-data.ts';
import { signIn, snapshot, waiting, trouble } from '../connector/snapshots.ts';

interface Item {
  readonly label?: string;
  readonly enabled?: boolean;
  readonly click?: () => void;
  readonly submenu?: readonly Item[];
}

const shown = vi.hoisted(() => ({
  images: [] as string[],
  toolTip: '',
  menus: [] as Item[][],
  onClick: (): void => undefined,
}));

vi.mock('electron', () => ({
  Tray: class {
    constructor(image: string) {
      shown.images.push(image);
    }
    on(_event: string, listener: () => void) {
      shown.onClick = listener;
    }
    setImage(image: string) {
      shown.images.push(image);
    }
    setToolTip(text: string) {
      shown.toolTip = text;
    }
    setContextMenu(menu: Item[]) {
      shown.menus.push(menu);
    }
  },
  Menu: { buildFromTemplate: (items: Item[]) => items },
  nativeImage: { createFromPath: (path: string) => path },
}));

const { AppTray } = await import('../../../main/desktop/tray.ts');

const clicked: string[] = [];
const paused = (pausedUntil: Pause): Snapshot =>
  snapshot({ settings: { ...snapshot().settings, pausedUntil } });
const options = {
  iconPath: (icon: string) => `${icon}.png`,
  onOpen: () => clicked.push('open'),
  onRequests: () => clicked.push('requests'),
  onCheckXero: () => clicked.push('check'),
  onPause: (length: string) => clicked.push(`pause ${length}`),
  onResume: () => clicked.push('resume'),
  onQuit: () => clicked.push('quit'),
};
const draw = (first: Snapshot) => new AppTray(first, options);
const item = (label: string) => shown.menus.at(-1)?.find((each) => each.label === label);

beforeEach(() => {
  shown.images = [];
  shown.menus = [];
  clicked.length = 0;
});

describe('the tray’s menu', () => {
  it('begins with the state in words, which the tool tip says too', () => {
    draw(snapshot());
    expect(shown.menus.at(-1)?.[0]).toMatchObject({ label: 'All is well', enabled: false });
    expect(shown.toolTip).toBe('C1 Connector for Xero: All is well');
    expect(shown.images).toEqual(['ok.png']);
  });

  it('opens, checks and quits', () => {
    draw(snapshot());
    shown.onClick();
    item('Open C1 Connector for Xero')?.click?.();
    item('Check Xero now')?.click?.();
    item('Quit')?.click?.();
    expect(clicked).toEqual(['open', 'open', 'check', 'quit']);
  });

  it('offers the check while the keychain is shut, and doesn’t say that C1 has received nothing', () => {
    const because = trouble({ code: 'keychainLocked' });
    const xero = [signIn({ state: { kind: 'needsSignIn', because } })];
    draw(snapshot({ xero, c1: { kind: 'none', because }, uploaded: null }));
    expect(item('Check Xero now')?.enabled).toBe(true);
    expect(
      shown.menus
        .at(-1)
        ?.map(({ label }) => label ?? '')
        .join(),
    ).not.toMatch(/C1 last/);
  });

  it('offers the check as soon as somebody is signed in, though the words stay', () => {
    const setup = { setup: 'xero' } as const;
    const tray = draw(snapshot({ ...setup, xero: [signIn({ state: waiting() })] }));
    expect(item('Check Xero now')?.enabled).toBe(false);
    tray.update(snapshot(setup));
    expect(item('Check Xero now')?.enabled).toBe(true);
  });

  it('pauses for as long as is chosen, and says and ends a pause', () => {
    const tray = draw(snapshot());
    for (const each of item('Pause')?.submenu ?? []) each.click?.();
    expect(clicked).toEqual(['pause hour', 'pause tomorrow', 'pause byHand']);
    tray.update(paused({ kind: 'byHand', since: 1 }));
    expect(shown.menus.at(-1)?.[0]?.label).toBe('Paused until you resume it');
    expect(shown.images).toEqual(['ok.png', 'paused.png']);
    expect(item('Pause')).toBeUndefined();
    item('Resume')?.click?.();
    expect(clicked.at(-1)).toBe('resume');
  });

  it('counts the requests where they are taken, and leads to them', () => {
    const taken = { settings: { ...snapshot().settings, requests: true } };
    const tray = draw(snapshot());
    expect(shown.menus.at(-1)?.some(({ label }) => label?.startsWith('Requests'))).toBe(false);
    tray.update(snapshot(taken));
    item('Requests: none')?.click?.();
    tray.update(snapshot({ ...taken, inbox: { requests: [change, { ...change, id: 'two' }] } }));
    item('Requests: 2')?.click?.();
    expect(clicked).toEqual(['requests', 'requests']);
  });

  it('says when C1 last received something, and when it hasn’t yet', () => {
    const tray = draw(snapshot({ uploaded: null }));
    expect(shown.menus.at(-1)?.[1]?.label).toBe('C1 last received: nothing yet');
    tray.update(snapshot());
    expect(shown.menus.at(-1)?.[1]?.label).toMatch(
      /^C1 last received: .*1970|^C1 last received: .*1 Jan|^C1 last received: .*Jan 1/,
    );
  });

  it('isn’t drawn again when nothing of it changed', () => {
    const tray = draw(snapshot());
    tray.update(snapshot());
    expect(shown.menus).toHaveLength(1);
    tray.update(snapshot({ sync: { kind: 'writing' } }));
    expect(shown.menus).toHaveLength(2);
    expect(shown.images).toEqual(['ok.png', 'busy.png']);
  });
});
