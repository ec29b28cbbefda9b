import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { KEYCHAIN_PASSWORD } from '../../scripts/desktop.mjs';
import { SANDBOX_KEYCHAIN_SERVICE } from '../../main/desktop/keychain.ts';

const run = promisify(execFile);
const PROMPT = ['search', '--sync', '--onlyvisible', '--name', '^Unlock Login Keyring'];
const LOGIN = '/org/freedesktop/secrets/collection/login';

/** The keychain belongs to the desktop, not to a profile: what an earlier test left must go. */
export async function emptyKeychain(): Promise<void> {
  // It fails when there was nothing to clear.
  await run('secret-tool', ['clear', 'service', SANDBOX_KEYCHAIN_SERVICE]).catch(() => undefined);
}

/** The names of what the real Secret Service keeps for the app, as seen from outside. */
export async function keychainKeys(): Promise<readonly string[]> {
  const search = ['search', '--all', 'service', SANDBOX_KEYCHAIN_SERVICE];
  const { stdout, stderr } = await run('secret-tool', search);
  return [...`${stdout}${stderr}`.matchAll(/attribute\.account = (\S+)/g)].map(
    ([, key]) => key ?? '',
  );
}

/** What the real Secret Service keeps for the app under this name. */
export async function keychainSecret(key: string): Promise<string> {
  const { stdout } = await run('secret-tool', [
    'lookup',
    'service',
    SANDBOX_KEYCHAIN_SERVICE,
    'account',
    key,
  ]);
  return stdout.trim();
}

/** Locks it as a desktop does after a while. */
export async function lockKeychain(): Promise<void> {
  const service = [
    '--dest',
    'org.freedesktop.secrets',
    '--object-path',
    '/org/freedesktop/secrets',
  ];
  const lock = ['--method', 'org.freedesktop.Secret.Service.Lock', `['${LOGIN}']`];
  await run('gdbus', ['call', '--session', ...service, ...lock]);
}

/** Lets the system's prompt for a locked keychain come up on the screen, or not, as where nobody has a screen. */
export async function showPrompts(where: 'onScreen' | 'nowhere'): Promise<void> {
  const { DISPLAY = '', XAUTHORITY = '' } = where === 'onScreen' ? process.env : {};
  await run('dbus-update-activation-environment', [
    `DISPLAY=${DISPLAY}`,
    `XAUTHORITY=${XAUTHORITY}`,
  ]);
}

/** Resolves once the prompt stands on the screen. */
export async function untilPrompt(): Promise<void> {
  await run('xdotool', PROMPT);
}

/** Answers the prompt as its owner would. */
export async function answerPrompt(): Promise<void> {
  await run('xdotool', [...PROMPT, 'windowfocus', '--sync', 'type', KEYCHAIN_PASSWORD]);
  await run('xdotool', ['key', 'Return']);
}
