import { say } from '../../shared/language/say.ts';
import type { ConnectorAnswer } from '../../shared/rotation.ts';

/** What each station, state and answer of the rotation's sheet is called. */

export const STATIONS = [
  say('rotation.paste'),
  say('rotation.check'),
  say('rotation.switch'),
  say('rotation.done'),
] as const;

export const STATION_STATE = {
  passed: say('common.done'),
  current: say('rotation.now'),
  open: say('common.notYet'),
} as const;

export const HEADINGS = {
  checking: say('rotation.checkingTheNewCredential'),
  asking: say('rotation.isItForTheSame'),
  stuck: say('rotation.theCheckStopped'),
  stuckSwitch: say('rotation.theSwitchDidntTakePlace'),
  switching: say('rotation.waitingForAGoodMoment'),
  trial: say('rotation.theNewCredentialIsIn'),
  done: say('rotation.doneYouCanRevokeThe'),
  rolledBack: say('rotation.theOldCredentialIsIn'),
} as const;

export const ENDED = {
  done: say('rotation.theFirstTaskIsFinished'),
  rolledBack: say('rotation.theNewCredentialWasErased'),
} as const;

export const ANSWERS: Readonly<Record<ConnectorAnswer, { label: string; explanation: string }>> = {
  same: {
    label: say('rotation.yesTheSameConnector'),
    explanation: say('rotation.iPressedRotateInThe'),
  },
  another: {
    label: say('rotation.noAnotherConnectorAndI'),
    explanation: say('rotation.itTakesOverFromNow'),
  },
};
