/** Names of the IPC channels; in the window the preload alone knows them. */
export const INTENT_CHANNEL = 'intent';
export const SNAPSHOT_CHANNEL = 'snapshot';
/** Tells the window that little is going on. */
export const REST_CHANNEL = 'rest';
