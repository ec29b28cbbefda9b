import type { ReportBridge } from '../shared/access-report.ts';
import type { ConnectorBridge } from '../shared/intents.ts';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of this window. */
    readonly connector: ConnectorBridge;
    /** The same for the page that lays a report out, which has nothing else. */
    readonly reporter: ReportBridge;
  }
}
