// The one app inside the fallback runtime: it becomes the app whose folder is named in argv, as Electron's own default app does.
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  console.error('No app was named. Usage: electron <folder of the app>');
  app.exit(2);
} else {
  const folder = resolve(named);
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(description.productName ?? description.name);
  app.setVersion(description.version);
  app.setAppPath(folder);
  app.setDesktopName?.(`${description.name}.desktop`);
  // Awaited at the top level, so that Electron isn't ready before the app has been loaded.
  await import(pathToFileURL(resolve(folder, description.main)).href);
}
