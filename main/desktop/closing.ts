import { say } from '../../shared/language/say.ts';
import type { SettingsStore } from '../connector/settings.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';

/** A question with two answers, the first of which is the usual one. */
export interface Question {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly [string, string];
}

interface ClosingSurroundings {
  readonly settings: SettingsStore;
  /** Whether this desktop shows the tray's icon. */
  readonly showsTray: () => Promise<boolean>;
  /** Resolves with the index of the button. */
  readonly ask: (question: Question) => Promise<number>;
  readonly quit: () => void;
}

/** Says that the app goes on without its window: once, or each time where no tray would show it. */
export class Closing {
  readonly #surroundings: ClosingSurroundings;
  #asking = false;

  constructor(surroundings: ClosingSurroundings) {
    this.#surroundings = surroundings;
  }

  async closed(): Promise<void> {
    const { settings, showsTray, ask, quit } = this.#surroundings;
    if (this.#asking) return;
    const hasTray = await showsTray();
    if (hasTray && settings.read().closingExplained) return;
    this.#asking = true;
    const answer = await ask(hasTray ? inTray : withoutTray);
    this.#asking = false;
    if (hasTray) settings.change({ closingExplained: true });
    if (answer === 1) quit();
  }
}

const inTray: Question = {
  title: PRODUCT_NAME,
  message: say('closing.theAppGoesOnWithout'),
  detail: say('closing.c1KeepsGettingWhoHas'),
  buttons: [say('closing.keepRunning'), say('common.quit')],
};

const withoutTray: Question = {
  title: PRODUCT_NAME,
  message: say('closing.theAppGoesOnAnd'),
  detail: say('closing.c1KeepsGettingWhoHasWithoutTray'),
  buttons: [say('closing.keepRunning'), say('common.quit')],
};
