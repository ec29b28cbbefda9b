import { succeed } from '../../shared/errors.ts';
import type { Intents } from '../../shared/intents.ts';
import type { ChosenSettings } from '../../shared/settings-schema.ts';
import { SettingsChanges } from './chosen-settings.ts';
import type { HistoryLog } from './history.ts';
import { DiagnosticsBundle } from './diagnostics-bundle.ts';
import { Erasure } from './erase.ts';
import { Notices } from './notices.ts';
import { Pause } from './pause.ts';
import type { SignIns } from './sign-ins.ts';
import type { StateHolder } from './state-holder.ts';
import type { ConnectorSurroundings } from './surroundings.ts';
import { readWays } from './ways.ts';

interface UpkeepSurroundings extends ConnectorSurroundings {
  readonly state: StateHolder;
  readonly history: HistoryLog;
  readonly signIns: Pick<SignIns, 'kept' | 'end'>;
  /** Ends all looks and tasks. */
  readonly stop: () => Promise<void>;
  /** The admin chose how often to look. */
  readonly onPace: () => void;
  /** Other ids make another model of the same people. */
  readonly onIds: () => void;
  /** Requests were turned on or off. */
  readonly onRequests: () => void;
  readonly onResumed: () => void;
}

export type UpkeepIntent =
  | 'changeSettings'
  | 'pause'
  | 'resume'
  | 'previewDiagnostics'
  | 'saveDiagnostics'
  | 'previewErasure'
  | 'eraseEverything'
  | 'startAnew'
  | 'readWays';

const IDS: ReadonlySet<keyof ChosenSettings> = new Set<keyof ChosenSettings>([
  'accountId',
  'legacyOrganisationId',
]);

/** How the app itself is looked after: its settings, its pause, notifications, diagnostics and its end. */
export class Upkeep {
  readonly intents: Pick<Intents, UpkeepIntent>;
  readonly pause: Pause;
  readonly #settings: SettingsChanges;
  readonly #erasure: Erasure;

  constructor(surroundings: UpkeepSurroundings) {
    const { state, log, onPace, onIds, onRequests, onResumed, startAnew } = surroundings;
    const settings = new SettingsChanges({
      ...surroundings,
      onChange: (changed) => {
        if (changed.includes('lookEveryMinutes')) onPace();
        if (changed.some((each) => IDS.has(each))) onIds();
        if (changed.includes('requests')) onRequests();
      },
    });
    const pause = new Pause({
      ...surroundings,
      onChange: (to) => {
        log.info(`app.${to}`);
        if (to === 'resumed') onResumed();
      },
    });
    const diagnostics = new DiagnosticsBundle({ ...surroundings, snapshot: () => state.snapshot });
    const erasure = new Erasure({ ...surroundings, snapshot: () => state.snapshot });
    const notices = new Notices(surroundings);
    state.subscribe((snapshot) => {
      if (!erasure.done) notices.follow(snapshot);
    });
    this.pause = pause;
    this.#settings = settings;
    this.#erasure = erasure;
    this.intents = {
      changeSettings: (wanted) => settings.change(wanted),
      pause: ({ length }) => Promise.resolve(pause.begin(length)),
      resume: () => Promise.resolve(pause.resume()),
      previewDiagnostics: () => diagnostics.preview(),
      saveDiagnostics: () => diagnostics.save(),
      previewErasure: async () => succeed(await erasure.list()),
      eraseEverything: async () => succeed(await erasure.run()),
      readWays: async () =>
        succeed(await readWays({ ...surroundings, snapshot: () => state.snapshot })),
      startAnew: () => {
        startAnew();
        return Promise.resolve(succeed());
      },
    };
  }

  /** True once everything was erased: nothing may be written any more. */
  get erased(): boolean {
    return this.#erasure.done;
  }

  /** Goes on as the last run left it, until the signal aborts. */
  async start(signal: AbortSignal): Promise<void> {
    await this.#settings.restore();
    void this.pause.run(signal);
  }
}
