import { BrowserWindow, nativeTheme, type Rectangle } from 'electron';
import { PRODUCT_NAME } from '../../shared/words.ts';
import { SNAPSHOT_CHANNEL } from '../../shared/channels.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Clock } from '../ports.ts';
import { APP_PAGE } from './window-files.ts';

interface WindowOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly preload: string;
  readonly icon: string;
  readonly bounds: Rectangle | null;
  readonly onMoved: (bounds: Rectangle) => void;
  /** Whether closing hides; false once the app quits. */
  readonly hidesOnClose: () => boolean;
}

const SIZE = { width: 1040, height: 720 };
const REVIVE_AT_MOST_EVERY_MS = 10_000;
const SMALLEST = { minWidth: 760, minHeight: 560 };

/** The app's one window. Closing hides it; the work goes on in the main process. */
export class AppWindow {
  readonly #window: BrowserWindow;
  readonly #clock: Pick<Clock, 'now'>;
  #revivedAt = -Infinity;

  constructor(options: WindowOptions) {
    this.#clock = options.clock;
    this.#window = new BrowserWindow({
      ...SIZE,
      ...SMALLEST,
      ...(options.bounds ?? {}),
      title: PRODUCT_NAME,
      icon: options.icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#151d25' : '#ffffff',
      webPreferences: {
        preload: options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    });
    this.#window.webContents.on('render-process-gone', () => this.#revive());
    this.#window.on('close', (event) => {
      options.onMoved(this.#window.getNormalBounds());
      if (!options.hidesOnClose()) return;
      event.preventDefault();
      this.#window.hide();
    });
  }

  /** A page that crashed comes back, unless it crashes again at once. */
  #revive(): void {
    const now = this.#clock.now();
    if (now - this.#revivedAt < REVIVE_AT_MOST_EVERY_MS) return;
    this.#revivedAt = now;
    void this.load();
  }

  load(): Promise<void> {
    return this.#window.loadURL(APP_PAGE);
  }

  show(): void {
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  push(snapshot: Snapshot): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.send(SNAPSHOT_CHANNEL, snapshot);
  }
}
