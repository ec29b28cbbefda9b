import type { Scene } from './scene.ts';
import { settingsScenes } from './scenes-settings.ts';
import { setupScenes } from './scenes-setup.ts';
import { statusScenes } from './scenes-status.ts';

/** Every screen in every state, in the order in which a user could meet them. */
export const scenes: readonly Scene[] = [...setupScenes, ...statusScenes, ...settingsScenes];
