import type { ConnectorBridge } from '../shared/intents.ts';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of this window. */
    readonly connector: ConnectorBridge;
  }
}
