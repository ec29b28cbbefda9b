// The least that an app with a tray and a window can be: what all others are measured against.
import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeImage, Tray } from 'electron';

let tray;

void app.whenReady().then(() => {
  const icon = join(app.getAppPath(), '../../../../main/desktop/icons/tray-ok.png');
  // Kept, since a tray that is collected disappears.
  tray = new Tray(nativeImage.createFromPath(icon));
  tray.setToolTip('Bare');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
  app.on('window-all-closed', () => undefined);
  if (!process.argv.includes('--hidden')) {
    const window = new BrowserWindow({ width: 1040, height: 720, show: false });
    window.once('ready-to-show', () => window.show());
    void window.loadFile(join(app.getAppPath(), 'index.html'));
  }
});
