import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';
import { Stop } from './say.mjs';

/** What Electron and the keychain need in order to run. Newer releases have the second name of those with two. */
const LIBRARIES = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libsecret-1-0'],
];

/** What a desktop is made of where there is none: a display, a session bus, a keychain, a browser, hands, and what reads PDF. */
const DESKTOP = [
  ['xvfb'],
  ['xauth'],
  ['dbus'],
  ['dbus-x11'],
  ['gnome-keyring'],
  ['libsecret-tools'],
  ['chromium'],
  ['xdotool'],
  ['poppler-utils'],
];
const DESKTOP_PROGRAMS = [
  'xvfb-run',
  'dbus-run-session',
  'gnome-keyring-daemon',
  'chromium',
  'xdotool',
  'pdftotext',
];

/**
 * Debian packages: installed as root, otherwise the exact line to run is said, and set-up stops.
 * @param {{ desktop: boolean }} needs whether a desktop of its own is needed as well
 * @param {import('./say.mjs').Say} say
 */
export async function ensureDebianPackages({ desktop }, say) {
  if (process.platform !== 'linux') return;
  if (spawnSync('dpkg-query', ['--version']).status !== 0) return ensurePrograms(desktop);
  const missing = absent(desktop ? [...LIBRARIES, ...DESKTOP] : LIBRARIES);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    const line = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${known(missing).join(' ')}`;
    throw new Stop(
      `Some Debian packages are missing. Run this line, then try again:\n\n  ${line}\n`,
    );
  }
  const apt = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  say.step('Updating the list of Debian packages');
  await run('apt-get', ['update', '-qq'], apt);
  const names = known(missing);
  say.step(`Installing ${names.join(', ')}`);
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    ...apt,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0) throw new Stop('apt-get couldn’t install them. Its reason is above.');
}

/** Which packages aren't installed under any of their names. One call asks for all. */
function absent(packages) {
  const { stdout } = spawnSync('dpkg-query', [
    '-W',
    '-f',
    '${Package} ${db:Status-Status}\n',
    ...packages.flat(),
  ]);
  const lines = new Set(String(stdout).split('\n'));
  return packages.filter((names) => !names.some((name) => lines.has(`${name} installed`)));
}

/** Of each package, the name that this release of Debian or Ubuntu can install. */
function known(packages) {
  return packages.map(([first, ...others]) => {
    if (others.length === 0) return first;
    const installable = (name) =>
      spawnSync('apt-cache', ['show', '--no-all-versions', name]).status === 0;
    return [first, ...others].find(installable) ?? first;
  });
}

/** Elsewhere than on Debian's family, only the programs can be looked for. */
function ensurePrograms(desktop) {
  if (!desktop) return;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = DESKTOP_PROGRAMS.filter(
    (name) => !folders.some((folder) => existsSync(join(folder, name))),
  );
  if (missing.length > 0) {
    throw new Stop(
      `These programs are missing; install them with your system’s package manager: ${missing.join(', ')}`,
    );
  }
}
