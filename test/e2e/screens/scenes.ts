import type { Scene } from './scene.ts';
import { accessScenes } from './scenes-access.ts';
import { leavingScenes } from './scenes-leaving.ts';
import { historyScenes } from './scenes-history.ts';
import { requestScenes } from './scenes-requests.ts';
import { rotationScenes } from './scenes-rotation.ts';
import { settingsScenes } from './scenes-settings.ts';
import { setupScenes } from './scenes-setup.ts';
import { signInScenes } from './scenes-sign-ins.ts';
import { statusScenes } from './scenes-status.ts';
import { upkeepScenes } from './scenes-upkeep.ts';
import { xeroScenes } from './scenes-xero.ts';

/** Every screen in every state, in the order in which a user could meet them. */
export const scenes: readonly Scene[] = [
  ...xeroScenes,
  ...setupScenes,
  ...statusScenes,
  ...rotationScenes,
  ...signInScenes,
  ...leavingScenes,
  ...accessScenes,
  ...requestScenes,
  ...historyScenes,
  ...settingsScenes,
  ...upkeepScenes,
];
