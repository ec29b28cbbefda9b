import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron';
import { succeed, type Result } from '../shared/errors.ts';
import { PRODUCT_NAME, REDIRECT_PORTS } from '../shared/words.ts';
import type { AppInfo } from '../shared/snapshot.ts';
import { WorkerWriter } from './c1z/worker-writer.ts';
import { readCaFile, readChosenCaFile } from './certificate-authorities.ts';
import { systemClock, systemRandom } from './clock.ts';
import { Connector } from './connector/connector.ts';
import { watchNetwork } from './connector/network-watch.ts';
import { mayOpen } from './connector/pages.ts';
import { SystemBrowser } from './desktop/browser.ts';
import { pickCaFile } from './desktop/ca-file-dialog.ts';
import { SystemNotifier } from './desktop/notifications.ts';
import { answerWindow } from './desktop/ipc.ts';
import { Keychain, KEYCHAIN_SERVICE, SANDBOX_KEYCHAIN_SERVICE } from './desktop/keychain.ts';
import { systemClipboard } from './desktop/clipboard.ts';
import { setMenu } from './desktop/menu.ts';
import { watchMishaps } from './desktop/mishaps.ts';
import { followPower } from './desktop/power.ts';
import { pickSavePath } from './desktop/save-dialog.ts';
import { registerScheme, serveWindow } from './desktop/scheme.ts';
import { denyPermissions, lockDown } from './desktop/security.ts';
import { StoredSettings, StoredWindow } from './desktop/settings.ts';
import { startAtLogin } from './desktop/start-at-login.ts';
import { startBroke, tellCannotStart } from './desktop/start-trouble.ts';
import { trayFile } from './desktop/tray-face.ts';
import { AppTray } from './desktop/tray.ts';
import { AppWindow } from './desktop/window.ts';
import { inProcess } from './desktop/worker-process.ts';
import { parseEndpoints } from './endpoints.ts';
import { readHostFacts } from './host-facts.ts';
import { createLog } from './log.ts';
import { defaultAddress } from './network-address.ts';
import { createNetwork } from './network.ts';
import type { Log } from './ports.ts';
import { proxyFromEnvironment, waysOfSystem, type ProxyFor } from './proxy.ts';

/** The desktop app: composes, nothing else. */
async function main(): Promise<void> {
  registerScheme();
  lockDown(app);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.setAppUserModelId('app.c1xero.desktop');
  const profile = app.getPath('userData');
  const log = createLog({ level: 'info', format: 'json', file: join(profile, 'logs', 'app.log') });
  watchMishaps(log);
  const composed = compose(profile, log);
  if (!composed.ok) {
    log.error('app.cannotStart', { code: composed.failure.code });
    return tellCannotStart(composed.failure);
  }
  const connector = composed.value;

  await app.whenReady();
  denyPermissions(session.defaultSession);
  serveWindow(protocol, join(import.meta.dirname, '../renderer'));
  answerWindow(ipcMain, { intents: connector.intents, snapshot: () => connector.snapshot, log });
  setMenu(process.platform);
  const window = openWindow(connector, profile, log);
  followPower(connector, systemClock, log);
  followNetwork(connector, log);
  await window.load();
  if (!process.argv.includes('--hidden')) window.show();
  await connector.start();
  log.info('app.started', { version: app.getVersion() });
}

function compose(profile: string, log: Log): Result<Connector> {
  // The packaged app ignores what tests and private gateways may set (product.md §6).
  const env = app.isPackaged ? {} : process.env;
  const parsed = parseEndpoints(env);
  if (!parsed.ok) return parsed;
  const endpoints = parsed.value;
  const authorities = readCaFile(env);
  if (!authorities.ok) return authorities;
  const opened = StoredSettings.open(profile);
  if (!opened.ok) return opened;
  const settings = opened.value;
  const sandbox = env['XERO_API_URL'] !== undefined;
  const version = app.getVersion();
  const runtime = `Electron ${process.versions.electron}`;
  const network = createNetwork(authorities.value, proxyOfDesktop(log));
  const connector: Connector = new Connector({
    app: { name: PRODUCT_NAME, version, runtime, platform: platform(), sandbox },
    facts: readHostFacts({ hostId: settings.read().hostId, version, runtime }),
    folder: profile,
    endpoints,
    network,
    clock: systemClock,
    random: systemRandom,
    log,
    secrets: new Keychain(sandbox ? SANDBOX_KEYCHAIN_SERVICE : KEYCHAIN_SERVICE, process.platform),
    settings,
    browser: new SystemBrowser((address) => mayOpen(address, connector.snapshot, endpoints)),
    clipboard: systemClipboard,
    notifier: new SystemNotifier({
      icon: join(app.getAppPath(), 'main/desktop/icons/app.png'),
      isWatched: () => BrowserWindow.getFocusedWindow() !== null,
      onClick: () => app.emit('activate'),
    }),
    startAtLogin: startAtLogin(app, process.platform),
    authorities: {
      pick: pickCaFile,
      read: (path) => readChosenCaFile(path, systemClock.now()),
      trust: network.trustAlso,
    },
    saveDialog: { pick: pickSavePath },
    writer: new WorkerWriter(
      inProcess(join(import.meta.dirname, 'writer-process.js'), 'c1z writer'),
      systemClock,
    ),
    startDesk: inProcess(join(import.meta.dirname, 'desk-process.js'), 'access list'),
    redirectPorts: REDIRECT_PORTS,
    newId: randomUUID,
  });
  return succeed(connector);
}

/** The environment's proxy where it names one, which may hold a password; else the system's. */
function proxyOfDesktop(log: Log): ProxyFor {
  const ofSystem: ProxyFor = async (address) =>
    waysOfSystem(await session.defaultSession.resolveProxy(address.href));
  const ofEnvironment = proxyFromEnvironment(process.env, ofSystem);
  if (ofEnvironment.ok) return ofEnvironment.value;
  log.warn('proxy.unusable', { code: ofEnvironment.failure.code });
  return ofSystem;
}

/** What waited for the network is tried as soon as it is back, and over a new connection on another one. */
function followNetwork(connector: Connector, log: Log): void {
  const quit = new AbortController();
  app.once('will-quit', () => quit.abort());
  const onReturn = (): void => {
    log.info('network.returned');
    void connector.wake();
  };
  const onMove = (): void => {
    log.info('network.moved');
    void connector.reconnect();
  };
  const surroundings = { clock: systemClock, address: defaultAddress, onReturn, onMove };
  void watchNetwork(surroundings, quit.signal);
}

/** The window and the tray: closing hides, quitting ends the work first. */
function openWindow(connector: Connector, profile: string, log: Log): AppWindow {
  const icons = join(app.getAppPath(), 'main/desktop/icons');
  const place = new StoredWindow(profile);
  let quitting = false;
  const window = new AppWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(icons, 'app.png'),
    bounds: place.read(),
    clock: systemClock,
    onMoved: (bounds) => {
      const kept = place.write(bounds);
      if (!kept.ok) log.warn('window.placeNotKept', { code: kept.failure.code });
    },
    hidesOnClose: () => !quitting,
  });
  const tray = new AppTray(connector.snapshot, {
    iconPath: (icon) => join(icons, trayFile(icon, process.platform)),
    onOpen: () => window.show(),
    onCheckXero: () => {
      void connector.intents.checkXeroNow();
    },
    onQuit: () => app.quit(),
  });
  connector.subscribe((snapshot) => {
    window.push(snapshot);
    tray.update(snapshot);
  });
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    void connector.stop().finally(() => app.quit());
  });
  return window;
}

function platform(): AppInfo['platform'] {
  const { platform: name } = process;
  return name === 'win32' || name === 'darwin' ? name : 'linux';
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`);
  return tellCannotStart(startBroke(error));
});
