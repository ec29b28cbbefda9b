import { app, powerMonitor } from 'electron';
import type { Connector } from '../connector/connector.ts';
import { SleepWatch } from '../connector/sleep-watch.ts';
import type { Clock, Log } from '../ports.ts';

/**
 * After sleep, what waited is tried at once: C1 is asked over a new connection, and Xero looked at.
 * Some systems don't tell of every sleep, so the clock is watched too. Unlocking the screen often opens
 * the keychain; when the system shuts down, the app quits as if by hand.
 */
export function followPower(connector: Connector, clock: Clock, log: Log): void {
  const quit = new AbortController();
  app.once('will-quit', () => quit.abort());
  const onWake = (): void => {
    log.info('power.resumed');
    void connector.wake();
  };
  const watch = new SleepWatch({ clock, onWake });
  powerMonitor.on('suspend', () => log.info('power.suspended'));
  powerMonitor.on('resume', () => watch.resumed());
  powerMonitor.on('lock-screen', () => log.info('power.locked'));
  powerMonitor.on('unlock-screen', () => {
    log.info('power.unlocked');
    void connector.unlocked();
  });
  // Linux and macOS wait for the app when it asks; Windows ends it, and all that counts is on the disk.
  powerMonitor.on('shutdown', (event?: { preventDefault: () => void }) => {
    event?.preventDefault();
    app.quit();
  });
  void watch.run(quit.signal);
}
