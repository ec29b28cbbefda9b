import { powerMonitor } from 'electron';
import type { Connector } from '../connector/connector.ts';
import type { Log } from '../ports.ts';

/** After sleep, what waited is tried at once: C1 is asked, and Xero looked at. */
export function followPower(connector: Connector, log: Log): void {
  powerMonitor.on('resume', () => {
    log.info('power.resumed');
    void connector.wake();
  });
}
