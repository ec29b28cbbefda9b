import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './runtime.mjs';

const OF_THE_REAL_SESSION = new Set([
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'GNOME_KEYRING_CONTROL',
]);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** What a private desktop's keychain opens with, once it was locked. It guards nothing. */
export const KEYCHAIN_PASSWORD = 'desk';

/**
 * The keychain is made and opened, on the private bus only; then the command gets a display.
 * Descriptor 3 is our standard error: what the bus itself has to say there is noise.
 */
const SESSION = `
printf '${KEYCHAIN_PASSWORD}' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec xvfb-run -a -s '-screen 0 1280x1024x24' "$@" 2>&3 3>&-`;

/** Whether a window can be shown to somebody here. */
export function hasDisplay() {
  return (
    process.platform !== 'linux' ||
    Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
  );
}

/**
 * Runs a command on a desktop of its own: new home folder, session bus, Secret Service and screen, all gone afterwards.
 * Elsewhere than on Linux the command just runs.
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [extra] variables for the command
 * @returns {Promise<number>} the command's exit code
 */
export async function onPrivateDesktop(command, extra = {}) {
  if (process.platform !== 'linux') {
    const [program = '', ...args] = command;
    return await follow(program, args, { ...process.env, ...extra });
  }
  const folder = mkdtempSync(join(tmpdir(), 'c1-xero-desktop-'));
  try {
    const session = ['--', 'sh', '-c', SESSION, 'desktop', ...command];
    return await follow('dbus-run-session', session, { ...privateEnv(folder), ...extra }, [
      'ignore',
      2,
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Nothing of the real session shows through, except where the runtime is cached. */
function privateEnv(folder) {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THE_REAL_SESSION.has(name));
  const home = join(folder, 'home');
  const runtime = join(folder, 'run');
  mkdirSync(home);
  mkdirSync(runtime, { mode: 0o700 });
  return {
    ...Object.fromEntries(kept),
    C1_XERO_CACHE: cacheFolder(),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_RUNTIME_DIR: runtime,
    // GTK would start an accessibility bus that outlives the session.
    NO_AT_BRIDGE: '1',
  };
}

/** Runs to the end; a signal to us goes to everything that was started. */
function follow(program, args, env, errors = ['inherit']) {
  const group = process.platform === 'linux';
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      stdio: ['inherit', 'inherit', ...errors],
      detached: group,
    });
    const pass = (signal) => (group ? process.kill(-child.pid, signal) : child.kill(signal));
    for (const signal of SIGNALS) process.on(signal, pass);
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      resolve(code ?? 143);
    });
  });
}
