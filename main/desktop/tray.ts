import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import { PRODUCT_NAME } from '../../shared/words.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { sameFace, trayFace, type TrayFace, type TrayIcon } from './tray-face.ts';

export interface TrayOptions {
  readonly iconPath: (icon: TrayIcon) => string;
  readonly onOpen: () => void;
  readonly onCheckXero: () => void;
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
    const { onOpen, onCheckXero, onQuit } = this.#options;
    const items: MenuItemConstructorOptions[] = [
      { label: this.#shown.sentence, enabled: false },
      { type: 'separator' },
      { label: `Open ${PRODUCT_NAME}`, click: onOpen },
      { label: 'Check Xero now', click: onCheckXero, enabled: this.#shown.canCheck },
      { type: 'separator' },
      { label: 'Quit', click: onQuit },
    ];
    this.#tray.setToolTip(`${PRODUCT_NAME}: ${this.#shown.sentence}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
  }
}
