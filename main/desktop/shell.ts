import { join } from 'node:path';
import { app, dialog, nativeTheme } from 'electron';
import type { Connector } from '../connector/connector.ts';
import type { SettingsStore } from '../connector/settings.ts';
import type { Clock, Log } from '../ports.ts';
import { Closing } from './closing.ts';
import { giveBack } from './give-back.ts';
import { Rest } from './rest.ts';
import { StoredWindow } from './settings.ts';
import { trayFile } from './tray-face.ts';
import { showsTrays } from './tray-host.ts';
import { AppTray } from './tray.ts';
import { AppWindow, type WindowOptions } from './window.ts';

interface ShellParts {
  readonly connector: Connector;
  readonly settings: SettingsStore;
  readonly profile: string;
  /** The folders of the icons and of the built preload script. */
  readonly icons: string;
  readonly preload: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly startAnew: () => void;
}

/** What a person sees of the app: the tray, and the window while it is open; quitting ends the work first. */
export function openShell(parts: ShellParts): AppWindow {
  const { connector, settings, icons } = parts;
  let quitting = false;
  const closing = new Closing({
    settings,
    showsTray: () => showsTrays(process.platform, process.env, process.getuid?.()),
    ask: async ({ buttons, ...question }) => {
      const options = { ...question, type: 'info' as const, buttons: [...buttons], defaultId: 0 };
      return (await dialog.showMessageBox({ ...options, cancelId: 0 })).response;
    },
    quit: () => app.quit(),
  });
  const rest = new Rest({
    clock: parts.clock,
    giveBack: () => {
      giveBack();
      window.rest();
    },
  });
  const window = windowOf(parts, {
    onShown: () => rest.windowOpened(),
    onTouched: () => rest.windowTouched(),
    onClosed: () => {
      // After an erasure there is nothing left that could go on.
      if (connector.erased) parts.startAnew();
      else if (!quitting) void closing.closed();
    },
  });
  const { intents } = connector;
  const tray = new AppTray(connector.snapshot, {
    iconPath: (icon) => join(icons, trayFile(icon, process.platform)),
    onOpen: () => window.show(),
    onRequests: () => window.show('requests'),
    onCheckXero: () => void intents.checkXeroNow(),
    onPause: (length) => void intents.pause({ length }),
    onResume: () => void intents.resume(),
    onQuit: () => app.quit(),
  });
  rest.follow(connector.snapshot.sync);
  nativeTheme.themeSource = connector.snapshot.settings.theme;
  connector.subscribe((snapshot) => {
    window.push(snapshot);
    tray.update(snapshot);
    rest.follow(snapshot.sync);
    nativeTheme.themeSource = snapshot.settings.theme;
  });
  // The system starts it hidden at log-in, also where it runs already.
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes('--hidden')) window.show();
  });
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    const ended = connector.erased ? Promise.resolve() : connector.stop();
    void ended.finally(() => app.quit());
  });
  return window;
}

let startsAnew = false;

/** As at the first start, in the same environment: what was erased is begun anew. Once: a second app would start too. */
export function startAnew(env: NodeJS.ProcessEnv): void {
  // Leaving closes the window, and a closed one asks for it again.
  if (startsAnew) return;
  startsAnew = true;
  Object.assign(process.env, env);
  const args = process.argv.slice(1).filter((each) => each !== '--hidden');
  app.relaunch({ args });
  app.exit(0);
}

function windowOf(
  { connector, profile, icons, preload, clock, log }: ShellParts,
  { onShown, onTouched, onClosed }: Pick<WindowOptions, 'onShown' | 'onTouched' | 'onClosed'>,
): AppWindow {
  const place = new StoredWindow(profile);
  return new AppWindow({
    preload,
    icon: join(icons, 'app.png'),
    bounds: () => place.read(),
    clock,
    onMoved: (bounds) => {
      if (connector.erased) return;
      const kept = place.write(bounds);
      if (!kept.ok) log.warn('window.placeNotKept', { code: kept.failure.code });
    },
    onShown,
    onTouched,
    onClosed,
  });
}
