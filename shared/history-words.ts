import type { HistoryEvent, HistoryKind, Trouble } from './history.ts';
import { say } from './language/say.ts';
import { XERO_APP_TYPES } from './words.ts';

/** What each kind of entry is called where they are filtered, in the order in which they are offered. */
export const HISTORY_KINDS = {
  sync: say('historyWords.syncs'),
  upload: say('historyWords.uploads'),
  task: say('historyWords.otherTasksOfC1'),
  look: say('historyWords.looksAtXero'),
  organisation: say('common.organisations'),
  signIn: say('historyWords.signInsToXero'),
  credential: say('historyWords.c1Credential'),
  setting: say('common.settings'),
  export: say('historyWords.exports'),
  pause: say('historyWords.pauses'),
  app: say('historyWords.theAppItself'),
} as const satisfies Record<HistoryKind, string>;

/** One thing to know of an entry besides its sentence. */
export interface HistoryDetail {
  readonly name: string;
  readonly value: string;
}

export type HistoryTone = 'good' | 'neutral' | 'bad';

interface Told {
  readonly sentence: string;
  readonly tone: HistoryTone;
  readonly details: readonly HistoryDetail[];
}

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
    case 'pause':
      return ofPause(event);
    case 'app':
      return ofApp(event);
  }
}

type Of<K extends HistoryKind> = Extract<HistoryEvent, { kind: K }>;

function ofSync(event: Of<'sync'>): Told {
  const task = detail(say('historyWords.task'), event.taskId);
  switch (event.what) {
    case 'asked':
      return neutral(say('historyWords.c1AskedForEveryonesAccess'), task);
    case 'done':
      return good(
        say('historyWords.c1sSyncIsDone'),
        detail(say('historyWords.took'), seconds(event.took)),
        task,
      );
    case 'failed':
      return bad(
        say('historyWords.c1sSyncFailed', { because: first(event.because) }),
        ...troubleOf(event.because),
        task,
      );
  }
}

function ofUpload({ accounts, organisations, roles, grants, bytes }: Of<'upload'>): Told {
  return good(
    say('historyWords.c1ReceivedOf', {
      accounts: say('count.account', { count: accounts }),
      organisations: say('count.organisation', { count: organisations }),
    }),
    detail(say('historyWords.roles'), number(roles)),
    detail(say('historyWords.grants'), number(grants)),
    detail(say('historyWords.size'), say('count.byte', { count: bytes })),
  );
}

const TASK_ENDS = {
  done: say('historyWords.andGotItsAnswer'),
  failed: say('historyWords.andWasToldThatIt'),
  unanswered: say('historyWords.andHasNoAnswerYet'),
} as const;

function ofTask({ task, taskId, outcome, code }: Of<'task'>): Told {
  const what = TASK_NAMES[task] ?? say('historyWords.aTaskThatThisApp', { task });
  return neutral(
    say('historyWords.c1AskedFor', { what, taskEnds: TASK_ENDS[outcome] }),
    detail(say('historyWords.task'), taskId),
    detail(say('common.kind'), task),
    ...(code === null
      ? []
      : [detail(say('common.answer'), say('historyWords.codeCode', { code }))]),
  );
}

/** What C1 asks for with the kinds of task that an admin may meet. */
const TASK_NAMES: Readonly<Record<string, string>> = {
  hello: say('historyWords.aGreeting'),
  grant: say('historyWords.accessForSomebody'),
  revoke: say('historyWords.accessToBeTakenAway'),
  createAccount: say('historyWords.anAccountForSomebody'),
};

function ofCredential(event: Of<'credential'>): Told {
  const facts = [
    detail(say('common.clientID'), event.clientId),
    detail(say('historyWords.host'), event.host),
  ];
  switch (event.what) {
    case 'added':
      return good(say('historyWords.c1AcceptedTheCredential'), ...facts);
    case 'removed':
      return neutral(say('historyWords.theC1CredentialWasRemoved'), ...facts);
    case 'rejected':
      return bad(
        say('historyWords.c1RejectedTheCredential', { because: first(event.because) }),
        ...troubleOf(event.because),
        ...facts,
      );
    case 'pending':
      return neutral(say('historyWords.aNewC1CredentialWas'), ...facts);
    case 'verified':
      return good(say('historyWords.c1AcceptedTheNewCredential'), ...facts);
    case 'switched':
      return good(say('historyWords.theNewC1CredentialIs'), ...facts);
    case 'retired':
      return good(say('historyWords.theNewC1CredentialFinished'), ...facts);
    case 'rolledBack':
      return neutral(say('historyWords.theC1CredentialOfBefore'), ...facts);
    case 'discarded':
      return neutral(say('historyWords.theNewC1CredentialWas'), ...facts);
  }
}

/** What the admin does at Xero is in its own words (Settings, Connected apps). */
const MAY_REMAIN = say('historyWords.signedOutOnThisComputer');

function ofSignIn(event: Of<'signIn'>): Told {
  switch (event.what) {
    case 'signedIn':
      return good(say('common.signedInToXero'), ...whoOf(event.who), appOf(event.app));
    case 'failed':
      return bad(
        say('historyWords.theSignInToXero', { because: first(event.because) }),
        ...troubleOf(event.because),
      );
    case 'nothingNew':
      return neutral(say('historyWords.nothingNewWasConnectedThe'), ...whoOf(event.who));
    case 'ended':
      return bad(
        say('historyWords.xeroEndedTheSignIn', { because: first(event.because) }),
        ...whoOf(event.who),
        ...troubleOf(event.because),
      );
    case 'secretChanged':
      return good(say('historyWords.xeroTookTheNewClient'), ...whoOf(event.who), appOf(event.app));
    case 'appChanged':
      return good(say('historyWords.theNewXeroAppTookOver'), ...whoOf(event.who), appOf(event.app));
    case 'signedOut':
      return ofSignedOut(event);
  }
}

function ofSignedOut({ who, consent }: Extract<Of<'signIn'>, { what: 'signedOut' }>): Told {
  switch (consent) {
    case 'left':
      return neutral(say('historyWords.signedOutOfXeroOn'), ...whoOf(who));
    case 'givenBack':
      return neutral(say('historyWords.signedOutOfXero'), ...whoOf(who));
    case 'mayRemain':
      return bad(MAY_REMAIN, ...whoOf(who));
  }
}

function ofOrganisation(event: Of<'organisation'>): Told {
  switch (event.what) {
    case 'chosen':
      return neutral(
        say('historyWords.chosenToBeGoverned', {
          organisations: say('count.organisation', { count: event.names.length }),
        }),
        detail(say('common.organisations'), event.names.join(', ')),
      );
    case 'connected':
      return good(
        say('historyWords.connectedAtXero', {
          names: listed(event.names),
          count: event.names.length,
        }),
      );
    case 'disconnected':
      return neutral(say('historyWords.wasDisconnectedFromXero', { name: event.name }));
    case 'unreadable':
      return bad(
        say('historyWords.cantBeReadAnyMore', { name: event.name, because: first(event.because) }),
        ...troubleOf(event.because),
      );
    case 'readAgain':
      return good(say('historyWords.canBeReadAgain', { name: event.name }));
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
  theme: 'The theme',
  reminderDays: say('historyWords.afterHowManyDaysThe'),
  accountId: say('historyWords.whatMakesTheIdOf'),
  legacyOrganisationId: say('historyWords.theOrganisationThatKeepsThe'),
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

function ofLook(event: Of<'look'>): Told {
  switch (event.what) {
    case 'changed':
      return neutral(
        say('historyWords.accessInXeroChangedJoined', {
          joined: number(event.joined),
          left: number(event.left),
          changedRole: number(event.changedRole),
        }),
      );
    case 'failed':
      return bad(
        say('historyWords.theLookAtXeroFailed', { because: first(event.because) }),
        ...troubleOf(event.because),
      );
    case 'wellAgain':
      return good(say('historyWords.xeroCanBeLookedAt'));
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

function good(sentence: string, ...details: readonly HistoryDetail[]): Told {
  return { sentence, tone: 'good', details };
}

function neutral(sentence: string, ...details: readonly HistoryDetail[]): Told {
  return { sentence, tone: 'neutral', details };
}

function bad(sentence: string, ...details: readonly HistoryDetail[]): Told {
  return { sentence, tone: 'bad', details };
}

function detail(name: string, value: string): HistoryDetail {
  return { name, value };
}

function troubleOf({ code, message, detail: more }: Trouble): readonly HistoryDetail[] {
  return [
    detail(say('historyWords.whatWasSaid'), message),
    detail(say('historyWords.code'), code),
    ...(more === null ? [] : [detail(say('historyWords.detail'), more)]),
  ];
}

/** The first sentence, which says what happened; what to do was of that moment. */
function first({ message }: Trouble): string {
  return /^.*?[.?](?=\s|$)/s.exec(message)?.[0] ?? message;
}

function whoOf(who: string | null): readonly HistoryDetail[] {
  return who === null ? [] : [detail(say('common.who'), who)];
}

function appOf(app: keyof typeof XERO_APP_TYPES): HistoryDetail {
  return detail(say('historyWords.kindOfApp'), XERO_APP_TYPES[app]);
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function seconds(ms: number): string {
  return say('count.second', { count: Math.round(ms / 1000) });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}
