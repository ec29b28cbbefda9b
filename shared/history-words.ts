import type { HistoryEvent, HistoryKind } from './history.ts';
import { ofCredential, ofSync, ofTask, ofUpload } from './history-c1.ts';
import { neutral, detail, iso } from './history-told.ts';
import type { Of, Told } from './history-told.ts';
import { ofLook, ofOrganisation, ofSignIn } from './history-xero.ts';
import { ofRequest } from './history-requests.ts';
import { say } from './language/say.ts';

/** What each kind of entry is called where they are filtered, in the order in which they are offered. */
export const HISTORY_KINDS = {
  sync: say('historyWords.syncs'),
  upload: say('historyWords.uploads'),
  task: say('historyWords.otherTasksOfC1'),
  look: say('historyWords.looksAtXero'),
  organisation: say('common.organisations'),
  signIn: say('historyWords.signInsToXero'),
  credential: say('historyWords.c1Credential'),
  request: say('common.requests'),
  setting: say('common.settings'),
  export: say('historyWords.exports'),
  pause: say('historyWords.pauses'),
  app: say('historyWords.theAppItself'),
} as const satisfies Record<HistoryKind, string>;

/** An entry in words: one sentence, whether it is good or bad news, and what stands behind it. */
export function tell(event: HistoryEvent): Told {
  switch (event.kind) {
    case 'sync':
      return ofSync(event);
    case 'upload':
      return ofUpload(event);
    case 'task':
      return ofTask(event);
    case 'credential':
      return ofCredential(event);
    case 'signIn':
      return ofSignIn(event);
    case 'organisation':
      return ofOrganisation(event);
    case 'setting':
      return ofSetting(event);
    case 'export':
      return ofExport(event);
    case 'look':
      return ofLook(event);
    case 'request':
      return ofRequest(event);
    case 'pause':
      return ofPause(event);
    case 'app':
      return ofApp(event);
  }
}

function ofSetting(event: Of<'setting'>): Told {
  if (event.setting !== 'caFile') {
    const to = event.to === null || event.to === false ? say('historyWords.off') : String(event.to);
    return neutral(
      say('historyWords.wasChanged', { settings: SETTINGS[event.setting] }),
      detail(say('historyWords.now'), to),
    );
  }
  return neutral(
    event.to === 'file'
      ? say('historyWords.theCertificateAuthoritysFileWas')
      : say('historyWords.theCertificateAuthoritysFileIsnt'),
  );
}

const SETTINGS: Readonly<Record<Exclude<Of<'setting'>['setting'], 'caFile'>, string>> = {
  lookEveryMinutes: say('historyWords.howOftenTheAppLooks'),
  startAtLogin: say('common.startingAtLogin'),
  theme: say('historyWords.theTheme'),
  reminderDays: say('historyWords.afterHowManyDaysThe'),
  accountId: say('historyWords.whatMakesTheIdOf'),
  legacyOrganisationId: say('historyWords.theOrganisationThatKeepsThe'),
  requests: say('historyWords.whetherC1sRequestsAreTaken'),
  requestMinutes: say('historyWords.howLongARequestMay'),
  requestHeartbeats: say('historyWords.whetherC1IsToldOf'),
};

function ofExport(event: Of<'export'>): Told {
  switch (event.what) {
    case 'history':
      return neutral(
        say('historyWords.theHistoryWasExported', {
          entries: say('count.entry', { count: event.entries }),
        }),
        detail(
          say('historyWords.format'),
          event.format === 'csv' ? 'CSV' : say('historyWords.jsonLines'),
        ),
      );
    case 'diagnostics':
      return neutral(say('historyWords.theDiagnosticsWereSaved'));
    case 'access':
      return neutral(
        say('historyWords.theAccessListWasExported', {
          rows: say('count.row', { count: event.rows }),
        }),
      );
    case 'report':
      return neutral(
        say('historyWords.anEvidenceReportWasSaved', {
          people: say('count.person', { count: event.people }),
        }),
        detail(say('historyWords.sha256OfItsData'), event.sha256),
      );
  }
}

function ofPause(event: Of<'pause'>): Told {
  switch (event.what) {
    case 'paused':
      return event.until === null
        ? neutral(say('historyWords.theConnectorWasPausedUntil'))
        : neutral(
            say('historyWords.theConnectorWasPausedFor'),
            detail(say('historyWords.until'), iso(event.until)),
          );
    case 'resumed':
      return event.by === 'hand'
        ? neutral(say('historyWords.theConnectorWasResumed'))
        : neutral(say('historyWords.thePauseWasOverAnd'));
  }
}

function ofApp(event: Of<'app'>): Told {
  switch (event.what) {
    case 'started':
      return neutral(
        say('historyWords.theAppStarted'),
        detail(say('historyWords.version'), event.version),
      );
    case 'stopped':
      return neutral(say('historyWords.theAppWasQuit'));
    case 'updated':
      return neutral(say('historyWords.theAppWasUpdatedFrom', { from: event.from, to: event.to }));
  }
}
