import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';
import type { StartAtLogin } from '../ports.ts';
import { diskFailure } from '../store/disk.ts';

const AUTOSTART_NAME = 'app.c1xero.desktop.desktop';

/** What the system starts, without a window. */
export interface StartCommand {
  readonly path: string;
  readonly args: readonly string[];
}

/** The way of this platform (desktop.md §2). */
export function startAtLogin(app: App, platform: NodeJS.Platform): StartAtLogin {
  // From source, Electron itself is told where the app lies.
  const from = app.isPackaged ? [] : [app.getAppPath()];
  // An AppImage runs from a place that is gone with it.
  const path = process.env['APPIMAGE'] ?? process.execPath;
  const command = { path, args: [...from, '--hidden'] };
  if (platform !== 'linux') return new SystemLoginItem(app, command);
  // On Linux, Electron's "appData" is the folder of the user's configuration.
  return new AutostartFile(join(app.getPath('appData'), 'autostart', AUTOSTART_NAME), command);
}

/** Whether the app is to open without its window, since the system started it. macOS passes no arguments, and tells by itself. */
export function startsHidden(
  app: Pick<App, 'getLoginItemSettings'>,
  args: readonly string[],
  platform: NodeJS.Platform,
): boolean {
  if (args.includes('--hidden')) return true;
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Windows and macOS keep a list of their own, which their settings show. */
export class SystemLoginItem implements StartAtLogin {
  readonly #app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly #command: StartCommand;

  constructor(
    app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
    command: StartCommand,
  ) {
    this.#app = app;
    this.#command = command;
  }

  isOn(): Promise<boolean> {
    const { path, args } = this.#command;
    const { openAtLogin } = this.#app.getLoginItemSettings({ path, args: [...args] });
    return Promise.resolve(openAtLogin);
  }

  set(on: boolean): Promise<Result<void>> {
    const { path, args } = this.#command;
    this.#app.setLoginItemSettings({ openAtLogin: on, path, args: [...args] });
    return Promise.resolve(succeed());
  }
}

/** Linux desktops start what lies in this folder (freedesktop.org, Desktop Application Autostart). */
export class AutostartFile implements StartAtLogin {
  readonly #path: string;
  readonly #command: StartCommand;

  /** @param path of the `.desktop` file, in `autostart` of the user's configuration */
  constructor(path: string, command: StartCommand) {
    this.#path = path;
    this.#command = command;
  }

  /** A desktop's own settings switch an entry off by `Hidden` or a key of GNOME's. */
  async isOn(): Promise<boolean> {
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    return text !== null && !/^(?:Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(text);
  }

  /** Fails with `diskFull` or `diskFailed`; the file appears by rename, whole or not at all. */
  async set(on: boolean): Promise<Result<void>> {
    const beside = `${this.#path}.new`;
    try {
      if (on) {
        await mkdir(dirname(this.#path), { recursive: true });
        await writeFile(beside, autostartEntry(this.#command));
        await rename(beside, this.#path);
      } else {
        await rm(this.#path, { force: true });
      }
      return succeed();
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined);
      return fail(diskFailure(error));
    }
  }
}

export function autostartEntry({ path, args }: StartCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${PRODUCT_NAME}`,
    'Comment=Keeps C1 up to date with who has access to Xero',
    `Exec=${[path, ...args].map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * An argument of `Exec`: quoted, its reserved characters escaped, then the backslashes once more as in
 * every value of type string, and `%` doubled (freedesktop.org, Desktop Entry Specification, "The Exec key").
 */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&');
  return `"${inQuotes}"`.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '\\n');
}
