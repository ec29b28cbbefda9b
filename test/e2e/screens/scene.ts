import type { Page } from 'playwright';
import type { IntentAnswers } from '../../../shared/intents.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';

/** One state of the window, to be looked at and checked. */
export interface Scene {
  /** Unique; becomes the name of the picture. */
  readonly name: string;
  /** Null keeps the window waiting for its first snapshot. */
  readonly snapshot: Snapshot | null;
  /** What the main process answers; every other intent succeeds, and any credential is understood. */
  readonly answers?: Partial<IntentAnswers>;
  /** What the user does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}
