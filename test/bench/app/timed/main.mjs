// Becomes the app that TIMED_APP names, and prints a line of JSON for each moment that a person would notice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, Tray } from 'electron';

const folder = process.env['TIMED_APP'];
const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(description.productName ?? description.name);
app.setVersion(description.version);
app.setAppPath(folder);

const said = new Set();
function say(moment) {
  if (said.has(moment)) return;
  said.add(moment);
  process.stdout.write(`${JSON.stringify({ moment, at: Date.now() })}\n`);
}

const { setContextMenu } = Tray.prototype;
Tray.prototype.setContextMenu = function (menu) {
  setContextMenu.call(this, menu);
  say('tray');
};

/** Resolves in the page once it has drawn a heading, and isn't waiting for what it shows. */
const DRAWN = `new Promise((resolve) => {
  const look = () => requestAnimationFrame(() => document.querySelector('h1, h2') && !document.querySelector('main[aria-busy]') ? setTimeout(resolve) : look());
  look();
})`;
app.on('browser-window-created', (_event, window) => {
  window.once('show', () => {
    void window.webContents.executeJavaScript(DRAWN).then(() => say('window'));
  });
});

await import(pathToFileURL(join(folder, description.main)).href);
