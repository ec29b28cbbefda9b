/** The fixed words of the settings page. */

export const LOGIN = {
  title: 'Starting',
  label: 'Start when I log in',
  says: 'The app starts with the computer, without its window, and C1 gets who has access without anybody opening it.',
} as const;

export const LOOKS = {
  title: 'Looking at Xero',
  label: 'Look at Xero by itself',
  says: 'Keeps this window, the access list and “what changed” fresh. It has nothing to do with when C1 asks: C1 decides that by itself.',
  every: {
    15: 'Every 15 minutes',
    30: 'Every 30 minutes',
    60: 'Every hour',
    120: 'Every 2 hours',
    240: 'Every 4 hours',
  },
} as const;

export const REMINDING = {
  title: 'The C1 credential',
  label: 'Remind me to rotate it',
  says: 'A credential that is changed now and then does less harm when it leaks. You are reminded once, by a notification.',
  after: { 30: 'After 30 days', 60: 'After 60 days', 90: 'After 90 days', never: 'Never' },
} as const;

export const LOOK_OF_APP = {
  title: 'Appearance',
  label: 'Theme',
  says: 'Language and the way dates are written follow this computer’s settings.',
  themes: { system: 'Like this computer', light: 'Light', dark: 'Dark' },
} as const;

export const ORGANISATIONS = {
  title: 'Organisations',
  says: 'C1 sees the access of the organisations that are governed.',
  button: 'Choose organisations',
} as const;

export const IDS = {
  title: 'How accounts are told apart in C1',
  account: 'Id of an account',
  accountSays:
    'One person who is in several organisations is one account. Change this only where a C1 policy needs an account in each: C1 then sees other accounts, and forgets what it knew of the old ones.',
  accounts: { global: 'One for each person', user: 'One for each organisation a person is in' },
  legacy: 'Ids of baton-xero',
  legacySays:
    'Coming from baton-xero? Choose the organisation that it synced, and its people and roles keep the ids that C1 knows, so that policies and history survive. All other organisations get this app’s own ids.',
  none: 'No organisation keeps them',
} as const;

export const DIAGNOSTICS = {
  title: 'Diagnostics',
  says: 'For whoever helps you: the version, settings, states and the last lines of the log. No names, e-mail addresses or secrets. You see every line before anything is saved, and nothing is sent.',
  button: 'Show the diagnostics',
  dialog: 'Diagnostics',
  lead: 'This, and nothing else, is saved.',
  save: 'Save as a zip file',
  saved: 'Saved.',
  close: 'Close',
} as const;

export const ERASE = {
  title: 'Erase everything',
  says: 'Takes the app’s data off this computer: sign-ins, the C1 credential, settings, what was remembered and the history. It can’t be undone. Nobody’s access in Xero changes.',
  button: 'Erase everything',
  dialog: 'Erase everything?',
  goes: 'This goes, for good:',
  stays:
    'What C1 has received stays in C1, and the C1 credential stays valid there until an administrator revokes it or deletes the connector.',
  type: (words: string) => `To go on, type “${words}”`,
  keep: 'Keep everything',
  erasing: 'Erasing',
  done: 'Everything was erased',
  partly: 'Almost everything was erased',
  erased: 'Gone:',
  left: 'Left for you to do:',
  revoke: 'In C1, have an administrator revoke the credential or delete the connector.',
  anew: 'Start anew',
} as const;
