import type { ConnectorAnswer } from '../../shared/rotation.ts';

/** The fixed words of the rotation's sheet. */

export const TITLE = 'Change the C1 credential';
export const TITLE_FIRST = 'Paste the C1 credential';

export const STATIONS = ['Paste', 'Check', 'Switch', 'Done'] as const;
export const STATION_STATE = { passed: 'done', current: 'now', open: 'not yet' } as const;

export const WHY =
  'A credential that is changed now and then is worth less to whoever gets hold of it. The one in use goes on working until C1 has accepted the new one.';
export const BEFORE =
  'Rotate may end the old credential at once; C1 doesn’t say. If it does, the new one takes over as soon as it is checked.';

export const PAIR = {
  old: 'Old credential',
  new: 'New credential',
  nothing: 'Not pasted yet',
  inUse: 'In use',
  inUseRefused: 'In use, but C1 refuses it',
  notYet: 'Not in use yet',
  kept: 'Kept until the first task',
  gone: 'Not kept here any more',
} as const;

export const HEADINGS = {
  paste: 'Make a new credential in C1, and paste it',
  checking: 'Checking the new credential',
  asking: 'Is it for the same connector?',
  stuck: 'The check stopped',
  stuckSwitch: 'The switch didn’t take place',
  switching: 'Waiting for a good moment to switch',
  trial: 'The new credential is in use',
  rollingBack: 'Going back to the old credential',
  done: 'Done: you can revoke the old credential in C1',
  rolledBack: 'The old credential is in use again',
} as const;

export const SAYS = {
  checking: 'This takes a few seconds. The old credential is still in use.',
  asking:
    'C1 accepts the credential, but a Client ID doesn’t say which connector it is for. If it is for another one, C1 shows a second connector with all these accounts, and the one used so far gets nothing new: its app keeps what it has, and goes out of date.',
  stuck: 'The old credential is still in use, and nothing was changed.',
  switching:
    'C1 accepts the new credential. What C1 asked for through the old one is finished first.',
  switchingSync:
    'C1 accepts the new credential. A sync is under way: the switch follows as soon as it has ended.',
  trial:
    'The old one is kept until C1 has had the first task back from the new one. Until then you can go back with one click.',
  rollingBack: 'C1 is asked whether it still accepts the old one.',
  done: 'The first task is finished, so this computer doesn’t keep the old credential any more. In C1 it may still be valid: revoke it there, under the connector’s Settings.',
  rolledBack:
    'The new credential was erased from this computer. In C1 it stays valid until you revoke it there.',
} as const;

export const ANSWERS: Readonly<Record<ConnectorAnswer, { label: string; explanation: string }>> = {
  same: {
    label: 'Yes, the same connector',
    explanation: 'I pressed Rotate in the Settings of the connector that is used now.',
  },
  another: {
    label: 'No, another connector, and I mean it',
    explanation: 'It takes over from now on; the one used so far gets nothing new.',
  },
};

export const BUTTONS = {
  check: 'Check the new credential',
  cancel: 'Cancel',
  close: 'Close',
  goOn: 'Go on',
  keepOld: 'Keep the old one',
  tryAgain: 'Try again',
  pasteAnother: 'Paste another',
  rollBack: 'Go back to the old one',
  openC1: 'Open C1',
} as const;
