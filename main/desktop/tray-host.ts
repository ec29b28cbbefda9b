import { hasOwner } from './session-bus.ts';

/** Who shows tray icons on a Linux desktop (freedesktop.org, StatusNotifierItem). */
const WATCHER = 'org.kde.StatusNotifierWatcher';

/** Whether this desktop shows tray icons, as far as it can be known; only Linux has some that don't. */
export async function showsTrays(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  uid: number | undefined,
): Promise<boolean> {
  if (platform !== 'linux' || uid === undefined) return true;
  const address =
    env['DBUS_SESSION_BUS_ADDRESS'] ?? `unix:path=${env['XDG_RUNTIME_DIR'] ?? ''}/bus`;
  return (await hasOwner(address, WATCHER, uid)) ?? false;
}
