/** Names of the two IPC channels; the preload alone sends on them. */
export const INTENT_CHANNEL = 'intent';
export const SNAPSHOT_CHANNEL = 'snapshot';
