import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import { PRODUCT_NAME } from '../../shared/words.ts';
import type { PauseLength } from '../../shared/settings.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { sameFace, timeWords, trayFace, type TrayFace, type TrayIcon } from './tray-face.ts';

export interface TrayOptions {
  readonly iconPath: (icon: TrayIcon) => string;
  readonly onOpen: () => void;
  readonly onCheckXero: () => void;
  readonly onPause: (length: PauseLength) => void;
  readonly onResume: () => void;
  readonly onQuit: () => void;
}

/** The icon that keeps the app at hand: its picture and first line tell the state in words. */
export class AppTray {
  readonly #tray: Tray;
  readonly #options: TrayOptions;
  #shown: TrayFace;

  constructor(snapshot: Snapshot, options: TrayOptions) {
    this.#options = options;
    this.#shown = trayFace(snapshot);
    this.#tray = new Tray(nativeImage.createFromPath(options.iconPath(this.#shown.icon)));
    this.#tray.on('click', options.onOpen);
    this.#draw();
  }

  update(snapshot: Snapshot): void {
    const face = trayFace(snapshot);
    if (sameFace(face, this.#shown)) return;
    if (face.icon !== this.#shown.icon)
      this.#tray.setImage(nativeImage.createFromPath(this.#options.iconPath(face.icon)));
    this.#shown = face;
    this.#draw();
  }

  #draw(): void {
    this.#tray.setToolTip(`${PRODUCT_NAME}: ${this.#shown.sentence}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(itemsOf(this.#shown, this.#options)));
  }
}

function itemsOf(face: TrayFace, options: TrayOptions): MenuItemConstructorOptions[] {
  const { onOpen, onCheckXero, onQuit } = options;
  const { uploadedAt } = face;
  const last = uploadedAt === null ? 'nothing yet' : timeWords(uploadedAt);
  return [
    { label: face.sentence, enabled: false },
    { label: `C1 last received: ${last}`, enabled: false },
    { type: 'separator' },
    { label: `Open ${PRODUCT_NAME}`, click: onOpen },
    { label: 'Check Xero now', click: onCheckXero, enabled: face.canCheck },
    pauseItem(face, options),
    { type: 'separator' },
    { label: 'Quit', click: onQuit },
  ];
}

function pauseItem(
  { paused }: TrayFace,
  { onPause, onResume }: TrayOptions,
): MenuItemConstructorOptions {
  if (paused) return { label: 'Resume', click: onResume };
  return {
    label: 'Pause',
    submenu: [
      { label: 'For 1 hour', click: () => onPause('hour') },
      { label: 'Until tomorrow, 8 o’clock', click: () => onPause('tomorrow') },
      { label: 'Until I resume it', click: () => onPause('byHand') },
    ],
  };
}
