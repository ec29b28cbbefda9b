import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import { say } from '../../shared/language/say.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';
import type { PauseLength } from '../../shared/settings.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { sameFace, timeWords, trayFace, type TrayFace, type TrayIcon } from './tray-face.ts';

export interface TrayOptions {
  readonly iconPath: (icon: TrayIcon) => string;
  readonly onOpen: () => void;
  readonly onRequests: () => void;
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
  const { onOpen, onRequests, onCheckXero, onQuit } = options;
  const { uploadedAt, shut, requests: count } = face;
  const last = uploadedAt === null ? say('tray.nothingYet') : timeWords(uploadedAt);
  return [
    { label: face.sentence, enabled: false },
    ...(shut ? [] : [{ label: say('tray.c1LastReceived', { last }), enabled: false }]),
    { type: 'separator' },
    { label: say('tray.openProductName', { productName: PRODUCT_NAME }), click: onOpen },
    ...(count === null ? [] : [{ label: say('tray.requests', { count }), click: onRequests }]),
    { label: say('common.checkXeroNow'), click: onCheckXero, enabled: face.canCheck },
    pauseItem(face, options),
    { type: 'separator' },
    { label: say('common.quit'), click: onQuit },
  ];
}

function pauseItem(
  { paused }: TrayFace,
  { onPause, onResume }: TrayOptions,
): MenuItemConstructorOptions {
  if (paused) return { label: say('common.resume'), click: onResume };
  return {
    label: say('common.pause'),
    submenu: [
      { label: say('pause.forOneHour'), click: () => onPause('hour') },
      { label: say('pause.untilTomorrow'), click: () => onPause('tomorrow') },
      { label: say('pause.untilResumed'), click: () => onPause('byHand') },
    ],
  };
}
