import { once } from 'node:events';
import { app, BrowserWindow, nativeTheme, type Rectangle } from 'electron';
import { PRODUCT_NAME } from '../../shared/words.ts';
import { REST_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/channels.ts';
import { hashOf, type Place } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Clock } from '../ports.ts';
import { sandboxed } from './security.ts';
import { APP_PAGE } from './window-files.ts';

export interface WindowOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly preload: string;
  readonly icon: string;
  /** Where it was when it was last closed. */
  readonly bounds: () => Rectangle | null;
  readonly onMoved: (bounds: Rectangle) => void;
  /** Its page has come up. */
  readonly onShown: () => void;
  /** A key was pressed in it, a mouse moved, or the like. */
  readonly onTouched: () => void;
  /** It was closed, and its page is gone. */
  readonly onClosed: () => void;
}

const SIZE = { width: 1040, height: 720 };
const REVIVE_AT_MOST_EVERY_MS = 10_000;
/** From the start of a page until it shows, and from then until it has drawn what it was told. */
const SHOWS_WITHIN_MS = 5_000;
const DRAWS_WITHIN_MS = 300;
const SMALLEST = { minWidth: 760, minHeight: 560 };

/**
 * The app's one window: made when it is asked for, and gone when it is closed, so that nothing but
 * the tray stays in memory. The work goes on in the main process.
 */
export class AppWindow {
  readonly #options: WindowOptions;
  #window: BrowserWindow | undefined;
  #revivedAt = -Infinity;

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  /** Brings it to the front, at this place where one is named. */
  show(place?: Place): void {
    const there = this.#window;
    const window = there ?? this.#make();
    this.#window = window;
    if (there === undefined || place !== undefined) void this.#load(place);
    if (window.isMinimized()) window.restore();
    if (there === undefined) return;
    window.show();
    window.focus();
  }

  /** Resolves once its page is there: at once where none was asked for, and after a while where it never comes. */
  async stands(): Promise<void> {
    const { clock } = this.#options;
    const window = this.#window;
    if (window === undefined) return;
    await Promise.race([once(window, 'show'), clock.sleep(SHOWS_WITHIN_MS)]);
    await clock.sleep(DRAWS_WITHIN_MS);
  }

  push(snapshot: Snapshot): void {
    this.#window?.webContents.send(SNAPSHOT_CHANNEL, snapshot);
  }

  /** Lets its page give back the memory that it doesn't need, for as long as little is going on. */
  rest(): void {
    this.#window?.webContents.send(REST_CHANNEL);
  }

  async #load(place?: Place): Promise<void> {
    // A page that is left while it loads rejects; closing it is all that can leave it.
    await this.#window
      ?.loadURL(place === undefined ? APP_PAGE : `${APP_PAGE}#${hashOf(place)}`)
      .catch(nothing);
  }

  #make(): BrowserWindow {
    const { bounds, icon, preload, onMoved, onShown, onTouched, onClosed } = this.#options;
    const window = new BrowserWindow({
      ...SIZE,
      ...SMALLEST,
      ...(bounds() ?? {}),
      title: PRODUCT_NAME,
      icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#151d25' : '#ffffff',
      webPreferences: sandboxed(preload),
    });
    window.once('ready-to-show', () => {
      window.show();
      onShown();
    });
    window.webContents.on('input-event', onTouched);
    window.webContents.on('render-process-gone', () => this.#revive());
    window.on('close', () => {
      onMoved(window.getNormalBounds());
      window.hide();
    });
    window.on('closed', () => {
      this.#window = undefined;
      app.dock?.hide();
      onClosed();
    });
    void app.dock?.show();
    return window;
  }

  /** A page that crashed comes back, unless it crashes again at once. */
  #revive(): void {
    const now = this.#options.clock.now();
    if (now - this.#revivedAt < REVIVE_AT_MOST_EVERY_MS) return;
    this.#revivedAt = now;
    void this.#load();
  }
}

function nothing(): void {
  // It has been said where it matters.
}
