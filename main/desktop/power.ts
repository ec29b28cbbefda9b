import { app, powerMonitor } from 'electron';
import type { Connector } from '../connector/connector.ts';
import { SleepWatch } from '../connector/sleep-watch.ts';
import type { Clock, Log } from '../ports.ts';

/**
 * After sleep, what waited is tried at once: C1 is asked over a new connection, and Xero looked at.
 * Some systems don't tell of every sleep, so the clock is watched too.
 */
export function followPower(connector: Connector, clock: Clock, log: Log): void {
  const quit = new AbortController();
  app.once('will-quit', () => quit.abort());
  const onWake = (): void => {
    log.info('power.resumed');
    void connector.wake();
  };
  const watch = new SleepWatch({ clock, onWake });
  powerMonitor.on('resume', () => watch.resumed());
  void watch.run(quit.signal);
}
