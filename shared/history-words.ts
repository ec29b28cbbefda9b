import type { HistoryEvent, HistoryKind, Trouble } from './history.ts';
import { XERO_APP_TYPES } from './words.ts';

/** What each kind of entry is called where they are filtered, in the order in which they are offered. */
export const HISTORY_KINDS = {
  sync: 'Syncs',
  upload: 'Uploads',
  task: 'Other tasks of C1',
  look: 'Looks at Xero',
  organisation: 'Organisations',
  signIn: 'Sign-ins to Xero',
  credential: 'C1 credential',
  setting: 'Settings',
  export: 'Exports',
  pause: 'Pauses',
  app: 'The app itself',
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
  const task = detail('Task', event.taskId);
  switch (event.what) {
    case 'asked':
      return neutral('C1 asked for everyone’s access', task);
    case 'done':
      return good('C1’s sync is done', detail('Took', seconds(event.took)), task);
    case 'failed':
      return bad(`C1’s sync failed. ${first(event.because)}`, ...troubleOf(event.because), task);
  }
}

function ofUpload({ accounts, organisations, roles, grants, bytes }: Of<'upload'>): Told {
  return good(
    `C1 received ${count(accounts, 'account')} of ${count(organisations, 'organisation')}`,
    detail('Roles', number(roles)),
    detail('Grants', number(grants)),
    detail('Size', `${number(bytes)} bytes`),
  );
}

const TASK_ENDS = {
  done: 'and got its answer',
  failed: 'and was told that it can’t be done',
  unanswered: 'and has no answer yet',
} as const;

function ofTask({ task, taskId, outcome, code }: Of<'task'>): Told {
  const what = TASK_NAMES[task] ?? `a task that this app doesn’t do (${task})`;
  return neutral(
    `C1 asked for ${what}, ${TASK_ENDS[outcome]}`,
    detail('Task', taskId),
    detail('Kind', task),
    ...(code === null ? [] : [detail('Answer', `code ${code}`)]),
  );
}

/** What C1 asks for with the kinds of task that an admin may meet. */
const TASK_NAMES: Readonly<Record<string, string>> = {
  hello: 'a greeting',
  grant: 'access for somebody',
  revoke: 'access to be taken away',
  createAccount: 'an account for somebody',
};

function ofCredential(event: Of<'credential'>): Told {
  const facts = [detail('Client ID', event.clientId), detail('Host', event.host)];
  switch (event.what) {
    case 'added':
      return good('C1 accepted the credential', ...facts);
    case 'removed':
      return neutral('The C1 credential was removed from this computer', ...facts);
    case 'rejected':
      return bad(
        `C1 rejected the credential. ${first(event.because)}`,
        ...troubleOf(event.because),
        ...facts,
      );
    case 'pending':
      return neutral('A new C1 credential was pasted; the one in use goes on', ...facts);
    case 'verified':
      return good('C1 accepted the new credential, and this connector with it', ...facts);
    case 'switched':
      return good('The new C1 credential is in use', ...facts);
    case 'retired':
      return good(
        'The new C1 credential finished its first task; the old one isn’t kept',
        ...facts,
      );
    case 'rolledBack':
      return neutral('The C1 credential of before is in use again', ...facts);
    case 'discarded':
      return neutral('The new C1 credential was erased before it was used', ...facts);
  }
}

/** What the admin does at Xero is in its own words (Settings, Connected apps). */
const MAY_REMAIN =
  'Signed out on this computer, but Xero couldn’t be told and may still hold the consent. To end it there, disconnect the app in Xero under Settings, Connected apps.';

function ofSignIn(event: Of<'signIn'>): Told {
  switch (event.what) {
    case 'signedIn':
      return good('Signed in to Xero', ...whoOf(event.who), appOf(event.app));
    case 'failed':
      return bad(
        `The sign-in to Xero didn’t work. ${first(event.because)}`,
        ...troubleOf(event.because),
      );
    case 'nothingNew':
      return neutral(
        'Nothing new was connected: the organisation chosen on Xero’s page was connected already. To add one, connect another and choose one that Xero doesn’t mark as connected.',
        ...whoOf(event.who),
      );
    case 'ended':
      return bad(
        `Xero ended the sign-in. ${first(event.because)}`,
        ...whoOf(event.who),
        ...troubleOf(event.because),
      );
    case 'secretChanged':
      return good('Xero took the new client secret', ...whoOf(event.who), appOf(event.app));
    case 'appChanged':
      return good(
        'The new Xero app took over; the sign-in with the one before isn’t kept here any more',
        ...whoOf(event.who),
        appOf(event.app),
      );
    case 'signedOut':
      return ofSignedOut(event);
  }
}

function ofSignedOut({ who, consent }: Extract<Of<'signIn'>, { what: 'signedOut' }>): Told {
  switch (consent) {
    case 'left':
      return neutral('Signed out of Xero on this computer', ...whoOf(who));
    case 'givenBack':
      return neutral('Signed out of Xero', ...whoOf(who));
    case 'mayRemain':
      return bad(MAY_REMAIN, ...whoOf(who));
  }
}

function ofOrganisation(event: Of<'organisation'>): Told {
  switch (event.what) {
    case 'chosen':
      return neutral(
        `${count(event.names.length, 'organisation')} chosen to be governed`,
        detail('Organisations', event.names.join(', ')),
      );
    case 'connected':
      return good(`${listed(event.names)} connected at Xero`);
    case 'disconnected':
      return neutral(`${event.name} was disconnected from Xero`);
    case 'unreadable':
      return bad(
        `${event.name} can’t be read any more. ${first(event.because)}`,
        ...troubleOf(event.because),
      );
    case 'readAgain':
      return good(`${event.name} can be read again`);
  }
}

function ofSetting(event: Of<'setting'>): Told {
  if (event.setting !== 'caFile') {
    const to = event.to === null || event.to === false ? 'off' : String(event.to);
    return neutral(`${SETTINGS[event.setting]} was changed`, detail('Now', to));
  }
  return neutral(
    event.to === 'file'
      ? 'The certificate authority’s file was chosen'
      : 'The certificate authority’s file isn’t trusted any more',
  );
}

const SETTINGS: Readonly<Record<Exclude<Of<'setting'>['setting'], 'caFile'>, string>> = {
  lookEveryMinutes: 'How often the app looks at Xero (in minutes)',
  startAtLogin: 'Starting at login',
  theme: 'The theme',
  reminderDays: 'After how many days the credential is due',
  accountId: 'What makes the id of an account',
  legacyOrganisationId: 'The organisation that keeps the ids of baton-xero',
};

function ofExport(event: Of<'export'>): Told {
  switch (event.what) {
    case 'history':
      return neutral(
        `The history was exported: ${count(event.entries, 'entry', 'entries')}`,
        detail('Format', event.format === 'csv' ? 'CSV' : 'JSON lines'),
      );
    case 'diagnostics':
      return neutral('The diagnostics were saved');
    case 'access':
      return neutral(`The access list was exported: ${count(event.rows, 'row')}`);
    case 'report':
      return neutral(
        `An evidence report was saved: ${count(event.people, 'person', 'people')} with access`,
        detail('SHA-256 of its data', event.sha256),
      );
  }
}

function ofLook(event: Of<'look'>): Told {
  switch (event.what) {
    case 'changed':
      return neutral(
        `Access in Xero changed: ${number(event.joined)} joined, ${number(event.left)} left, ${number(event.changedRole)} with another role`,
      );
    case 'failed':
      return bad(`The look at Xero failed. ${first(event.because)}`, ...troubleOf(event.because));
    case 'wellAgain':
      return good('Xero can be looked at again');
  }
}

function ofPause(event: Of<'pause'>): Told {
  switch (event.what) {
    case 'paused':
      return event.until === null
        ? neutral('The connector was paused until somebody resumes it')
        : neutral('The connector was paused for a time', detail('Until', iso(event.until)));
    case 'resumed':
      return event.by === 'hand'
        ? neutral('The connector was resumed')
        : neutral('The pause was over, and the connector went on');
  }
}

function ofApp(event: Of<'app'>): Told {
  switch (event.what) {
    case 'started':
      return neutral('The app started', detail('Version', event.version));
    case 'stopped':
      return neutral('The app was quit');
    case 'updated':
      return neutral(`The app was updated from ${event.from} to ${event.to}`);
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
    detail('What was said', message),
    detail('Code', code),
    ...(more === null ? [] : [detail('Detail', more)]),
  ];
}

/** The first sentence, which says what happened; what to do was of that moment. */
function first({ message }: Trouble): string {
  return /^.*?[.?](?=\s|$)/s.exec(message)?.[0] ?? message;
}

function whoOf(who: string | null): readonly HistoryDetail[] {
  return who === null ? [] : [detail('Who', who)];
}

function appOf(app: keyof typeof XERO_APP_TYPES): HistoryDetail {
  return detail('Kind of app', XERO_APP_TYPES[app]);
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function seconds(ms: number): string {
  return count(Math.round(ms / 1000), 'second');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function listed(names: readonly string[]): string {
  const verb = names.length === 1 ? 'was' : 'were';
  return `${new Intl.ListFormat('en-GB').format(names)} ${verb}`;
}
