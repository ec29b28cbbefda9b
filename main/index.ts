import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, clipboard, ipcMain, protocol, session } from 'electron';
import { PRODUCT_NAME, REDIRECT_PORTS } from '../shared/words.ts';
import type { AppInfo } from '../shared/snapshot.ts';
import { WorkerWriter } from './c1z/worker-writer.ts';
import { systemClock, systemRandom } from './clock.ts';
import { Connector } from './connector/connector.ts';
import { mayOpen } from './connector/pages.ts';
import { SystemBrowser } from './desktop/browser.ts';
import { answerWindow } from './desktop/ipc.ts';
import { Keychain, KEYCHAIN_SERVICE, SANDBOX_KEYCHAIN_SERVICE } from './desktop/keychain.ts';
import { setMenu } from './desktop/menu.ts';
import { watchMishaps } from './desktop/mishaps.ts';
import { followPower } from './desktop/power.ts';
import { registerScheme, serveWindow } from './desktop/scheme.ts';
import { denyPermissions, lockDown } from './desktop/security.ts';
import { StoredSettings, StoredWindow } from './desktop/settings.ts';
import { trayFile } from './desktop/tray-face.ts';
import { AppTray } from './desktop/tray.ts';
import { AppWindow } from './desktop/window.ts';
import { inProcess } from './desktop/worker-process.ts';
import { parseEndpoints } from './endpoints.ts';
import { readHostFacts } from './host-facts.ts';
import { createLog } from './log.ts';
import { createNetwork } from './network.ts';
import type { Log } from './ports.ts';

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
  const connector = compose(profile, log);

  await app.whenReady();
  denyPermissions(session.defaultSession);
  serveWindow(protocol, join(import.meta.dirname, '../renderer'));
  answerWindow(ipcMain, { intents: connector.intents, snapshot: () => connector.snapshot, log });
  setMenu(process.platform);
  const window = openWindow(connector, profile);
  followPower(connector, log);
  await window.load();
  if (!process.argv.includes('--hidden')) window.show();
  await connector.start();
  log.info('app.started', { version: app.getVersion() });
}

function compose(profile: string, log: Log): Connector {
  // The packaged app ignores what tests and private gateways may set (product.md §6).
  const env = app.isPackaged ? {} : process.env;
  const parsed = parseEndpoints(env);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const endpoints = parsed.value;
  const sandbox = env['XERO_API_URL'] !== undefined;
  const settings = new StoredSettings(profile);
  const caFile = env['NODE_EXTRA_CA_CERTS'];
  const version = app.getVersion();
  const runtime = `Electron ${process.versions.electron}`;
  const connector: Connector = new Connector({
    app: { name: PRODUCT_NAME, version, runtime, platform: platform(), sandbox },
    facts: readHostFacts({ hostId: settings.read().hostId, version, runtime }),
    folder: profile,
    endpoints,
    network: createNetwork(caFile === undefined ? undefined : readFileSync(caFile, 'utf8')),
    clock: systemClock,
    random: systemRandom,
    log,
    secrets: new Keychain(sandbox ? SANDBOX_KEYCHAIN_SERVICE : KEYCHAIN_SERVICE, process.platform),
    settings,
    browser: new SystemBrowser((address) => mayOpen(address, connector.snapshot, endpoints)),
    clipboard: {
      write: (text) => {
        // A promise in the newest Electron, nothing in older ones.
        void clipboard.writeText(text);
      },
    },
    writer: new WorkerWriter(inProcess(join(import.meta.dirname, 'writer-process.js'))),
    redirectPorts: REDIRECT_PORTS,
    newId: randomUUID,
  });
  return connector;
}

/** The window and the tray: closing hides, quitting ends the work first. */
function openWindow(connector: Connector, profile: string): AppWindow {
  const icons = join(app.getAppPath(), 'main/desktop/icons');
  const place = new StoredWindow(profile);
  let quitting = false;
  const window = new AppWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(icons, 'app.png'),
    bounds: place.read(),
    onMoved: (bounds) => place.write(bounds),
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
  // Nothing works without what was just tried: say so once, and end.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`);
  app.exit(1);
});
