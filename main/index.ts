import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, ipcMain, protocol, session } from 'electron';
import { succeed, type Result } from '../shared/errors.ts';
import { PRODUCT_NAME, REDIRECT_PORTS } from '../shared/words.ts';
import type { AppInfo } from '../shared/snapshot.ts';
import { WorkerWriter } from './c1z/worker-writer.ts';
import { readCaFile, readChosenCaFile } from './certificate-authorities.ts';
import { systemClock, systemRandom } from './clock.ts';
import { Connector } from './connector/connector.ts';
import { watchNetwork } from './connector/network-watch.ts';
import { mayOpen } from './connector/pages.ts';
import type { SettingsStore } from './connector/settings.ts';
import { SystemBrowser } from './desktop/browser.ts';
import { pickCaFile } from './desktop/ca-file-dialog.ts';
import { SystemNotifier } from './desktop/notifications.ts';
import { systemFileManager } from './desktop/file-manager.ts';
import { answerWindow } from './desktop/ipc.ts';
import { Keychain, KEYCHAIN_SERVICE, SANDBOX_KEYCHAIN_SERVICE } from './desktop/keychain.ts';
import { systemClipboard } from './desktop/clipboard.ts';
import { dropSecrets } from './desktop/environment.ts';
import { leaveDespitePrompt } from './desktop/leaving.ts';
import { logFile } from './desktop/log-file.ts';
import { setMenu } from './desktop/menu.ts';
import { watchMishaps } from './desktop/mishaps.ts';
import { followPower } from './desktop/power.ts';
import { reportPrinter } from './desktop/report-printer.ts';
import { pickSavePath } from './desktop/save-dialog.ts';
import { openSampleData, sampleData } from './desktop/sample-data.ts';
import { registerScheme, serveWindow } from './desktop/scheme.ts';
import { denyPermissions, lockDown } from './desktop/security.ts';
import { StoredSettings } from './desktop/settings.ts';
import { openShell, startAnew } from './desktop/shell.ts';
import { startAtLogin, startsHidden } from './desktop/start-at-login.ts';
import { startBroke, tellCannotStart } from './desktop/start-trouble.ts';
import type { AppWindow } from './desktop/window.ts';
import { inProcess } from './desktop/worker-process.ts';
import { parseEndpoints } from './endpoints.ts';
import { readHostFacts } from './host-facts.ts';
import { createLog } from './log.ts';
import { defaultAddress } from './network-address.ts';
import { createNetwork } from './network.ts';
import type { Log } from './ports.ts';
import { proxiesOf, takeProxyPasswords } from './proxies.ts';
import { waysOfSystem, type ProxyFor } from './proxy.ts';

/** The desktop app: composes, nothing else. */
async function main(): Promise<void> {
  dropSecrets(process.env);
  const proxyEnv = takeProxyPasswords(process.env);
  registerScheme();
  lockDown(app);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.setAppUserModelId('app.c1xero.desktop');
  const profile = app.getPath('userData');
  const log = createLog({ level: 'info', format: 'json', file: logPath(profile) });
  watchMishaps(log);
  const composed = compose(profile, proxyEnv, log);
  if (!composed.ok) {
    log.error('app.cannotStart', { code: composed.failure.code });
    return tellCannotStart(composed.failure);
  }
  const { connector, settings } = composed.value;

  await app.whenReady();
  // The tray first: what a window takes is prepared before one is shown.
  const window = openShell({
    connector,
    settings,
    profile,
    icons: join(app.getAppPath(), 'main/desktop/icons'),
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    clock: systemClock,
    log,
    startAnew: () => startAnew(proxyEnv),
  });
  shown = window;
  denyPermissions(session.defaultSession);
  serveWindow(protocol, join(import.meta.dirname, '../renderer'));
  answerWindow(ipcMain, { intents: connector.intents, snapshot: () => connector.snapshot, log });
  setMenu(process.platform);
  followPower(connector, systemClock, log);
  followNetwork(connector, log);
  if (!startsHidden(app, process.argv, process.platform)) window.show();
  await connector.start(window.stands());
  log.info('app.started', { version: app.getVersion() });
}

/** The window, once there is a desktop to show it on. */
let shown: AppWindow | undefined;

interface Composed {
  readonly connector: Connector;
  readonly settings: SettingsStore;
}

function compose(profile: string, proxyEnv: NodeJS.ProcessEnv, log: Log): Result<Composed> {
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
  const data = sampleData(app.getAppPath(), env);
  const sample = data === undefined ? {} : { sample: data };
  const version = app.getVersion();
  const runtime = `Electron ${process.versions.electron}`;
  const { proxyFor, wayTo } = proxiesOf(proxyEnv, ofSystem, (event, facts) =>
    log.warn(event, facts),
  );
  const network = createNetwork(authorities.value, proxyFor);
  const secrets = new Keychain({
    service: sandbox ? SANDBOX_KEYCHAIN_SERVICE : KEYCHAIN_SERVICE,
    platform: process.platform,
    clock: systemClock,
    onOpened: () => {
      log.info('keychain.opened');
      void connector.unlocked();
    },
  });
  const kill = (): void => void process.kill(process.pid, 'SIGKILL');
  leaveDespitePrompt({ app, keychain: secrets, clock: systemClock, kill });
  const connector: Connector = new Connector({
    app: { name: PRODUCT_NAME, version, runtime, platform: platform(), sandbox, ...sample },
    facts: readHostFacts({ hostId: settings.read().hostId, version, runtime }),
    folder: profile,
    endpoints,
    network,
    wayTo,
    clock: systemClock,
    random: systemRandom,
    log,
    secrets,
    settings,
    browser: new SystemBrowser((address) => mayOpen(address, connector.snapshot, endpoints)),
    clipboard: systemClipboard,
    openSample: () => openSampleData(app.getAppPath(), env),
    notifier: new SystemNotifier({
      icon: join(app.getAppPath(), 'main/desktop/icons/app.png'),
      isWatched: () => shown?.isFocused ?? false,
      onClick: (place) => shown?.show(place),
    }),
    startAtLogin: startAtLogin(app, process.platform),
    logFile: logFile(logPath(profile)),
    browserData: {
      clear: async () => {
        await session.defaultSession.clearStorageData();
        await session.defaultSession.clearCache();
      },
    },
    startAnew: () => startAnew(proxyEnv),
    authorities: {
      pick: pickCaFile,
      read: (path) => readChosenCaFile(path, systemClock.now()),
      trust: network.trustAlso,
    },
    saveDialog: { pick: pickSavePath },
    reportPrinter: reportPrinter(join(import.meta.dirname, '../preload/report.cjs'), log),
    fileManager: systemFileManager,
    writer: new WorkerWriter(
      inProcess(join(import.meta.dirname, 'writer-process.js'), 'c1z writer'),
      systemClock,
    ),
    startDesk: inProcess(join(import.meta.dirname, 'desk-process.js'), 'access list'),
    redirectPorts: REDIRECT_PORTS,
    newId: randomUUID,
  });
  return succeed({ connector, settings });
}

/** What the computer's own settings say, which may be a script's answer. */
async function ofSystem(address: URL): ReturnType<ProxyFor> {
  return waysOfSystem(await session.defaultSession.resolveProxy(address.href));
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

function logPath(profile: string): string {
  return join(profile, 'logs', 'app.log');
}

function platform(): AppInfo['platform'] {
  const { platform: name } = process;
  return name === 'win32' || name === 'darwin' ? name : 'linux';
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`);
  return tellCannotStart(startBroke(error));
});
