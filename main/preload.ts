import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { INTENT_CHANNEL, REST_CHANNEL, SNAPSHOT_CHANNEL } from '../shared/channels.ts';
import type { ConnectorBridge, IntentName, Intents } from '../shared/intents.ts';
import type { Snapshot } from '../shared/snapshot.ts';

/** The window gets named functions and never a channel; the main process parses what they bring. */
function intent<N extends IntentName>(name: N): Intents[N] {
  const send = (argument?: unknown): Promise<unknown> =>
    ipcRenderer.invoke(INTENT_CHANNEL, name, argument);
  return send as Intents[N];
}

const bridge: ConnectorBridge = {
  checkXeroApp: intent('checkXeroApp'),
  startSignIn: intent('startSignIn'),
  connectAnother: intent('connectAnother'),
  cancelSignIn: intent('cancelSignIn'),
  changeXeroSecret: intent('changeXeroSecret'),
  changeXeroApp: intent('changeXeroApp'),
  signOut: intent('signOut'),
  disconnectOrganisation: intent('disconnectOrganisation'),
  chooseOrganisations: intent('chooseOrganisations'),
  previewLoss: intent('previewLoss'),
  previewCredential: intent('previewCredential'),
  connectC1: intent('connectC1'),
  clearClipboard: intent('clearClipboard'),
  rotate: intent('rotate'),
  removeCredential: intent('removeCredential'),
  checkXeroNow: intent('checkXeroNow'),
  retryC1: intent('retryC1'),
  chooseCaFile: intent('chooseCaFile'),
  forgetCaFile: intent('forgetCaFile'),
  changeSettings: intent('changeSettings'),
  request: intent('request'),
  pause: intent('pause'),
  resume: intent('resume'),
  previewDiagnostics: intent('previewDiagnostics'),
  saveDiagnostics: intent('saveDiagnostics'),
  previewErasure: intent('previewErasure'),
  eraseEverything: intent('eraseEverything'),
  startAnew: intent('startAnew'),
  readWays: intent('readWays'),
  readHistory: intent('readHistory'),
  exportHistory: intent('exportHistory'),
  goToStep: intent('goToStep'),
  copy: intent('copy'),
  openSample: intent('openSample'),
  openPage: intent('openPage'),
  accessOverview: intent('accessOverview'),
  listAccess: intent('listAccess'),
  showPerson: intent('showPerson'),
  listChanges: intent('listChanges'),
  exportAccess: intent('exportAccess'),
  saveReport: intent('saveReport'),
  showSaved: intent('showSaved'),
  chooseOwnDomains: intent('chooseOwnDomains'),
  openUserManagement: intent('openUserManagement'),
  snapshot: () => ipcRenderer.invoke(SNAPSHOT_CHANNEL) as Promise<Snapshot>,
  onSnapshot: (listener) => {
    const forward = (_event: unknown, snapshot: Snapshot): void => listener(snapshot);
    ipcRenderer.on(SNAPSHOT_CHANNEL, forward);
    return () => {
      ipcRenderer.off(SNAPSHOT_CHANNEL, forward);
    };
  },
  onRest: (listener) => {
    ipcRenderer.on(REST_CHANNEL, () => listener());
  },
};

contextBridge.exposeInMainWorld('connector', bridge);

// A page keeps 6 to 8 MB that it has no use for, until it is asked.
ipcRenderer.on(REST_CHANNEL, () => webFrame.clearCache());
