import type { Page } from 'playwright';
import { say } from '../../../shared/language/say.ts';
import type { Word } from '../../../shared/language/say.ts';
import type { RotationState } from '../../../shared/rotation.ts';
import type { C1Credential, Snapshot } from '../../../shared/snapshot.ts';
import { previousEnded } from '../../../main/connector/rotation-failures.ts';
import { connected, credential, HOUR, NOW, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const DAY = 24 * HOUR;
const pending: C1Credential = {
  clientId: 'brave-heron-90017@harbour.conductor.one/ccc',
  host: 'harbour.conductor.one',
  addedAt: NOW - 20_000,
};

const inUse = (used: C1Credential): Snapshot['c1'] => ({ ...connected, credential: used });
const at = (rotation: RotationState, used = credential): Snapshot => ({
  ...well,
  c1: inUse(used),
  rotation,
});

/** By the button of the sentence on the status page, which each state has. */
const show = (button: Word) => async (page: Page) => {
  await page
    .getByRole('button', { name: say(button), exact: true })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
};

const trial = { kind: 'trial', previous: credential, rollingBack: false, because: null } as const;

/** The rotation's sheet at every station, and what the status page says of it. */
export const rotationScenes: readonly Scene[] = [
  {
    name: 'status-credential-old',
    snapshot: { ...well, c1: inUse({ ...credential, addedAt: NOW - 94 * DAY }) },
  },
  { name: 'status-rotation-asking', snapshot: at({ kind: 'asking', pending }) },
  { name: 'status-rotation-trial', snapshot: at(trial, pending) },
  { name: 'rotation-paste', snapshot: well, act: show('common.changeCredential') },
  {
    name: 'rotation-paste-rejected',
    snapshot: { ...well, c1: { kind: 'rejected', credential, because: failures.rejected } },
    act: show('common.pasteCredential'),
  },
  {
    name: 'rotation-other-host',
    snapshot: { ...well, c1: inUse({ ...credential, host: 'old-name.conductor.one' }) },
    act: async (page) => {
      await show('common.changeCredential')(page);
      await page.getByLabel('Client ID and Client secret').fill('pasted');
      await page.getByText('is for old-name.conductor.one').waitFor();
    },
  },
  {
    name: 'rotation-checking',
    snapshot: at({ kind: 'checking', pending, step: 'credential' }),
    act: show('common.show'),
  },
  {
    name: 'rotation-asking',
    snapshot: at({ kind: 'asking', pending }),
    act: show('common.answer'),
  },
  {
    name: 'rotation-stuck-rejected',
    snapshot: at({ kind: 'stuck', pending, at: 'credential', because: failures.rejected }),
    act: show('reminderOf.lookAtIt'),
  },
  {
    name: 'rotation-stuck-keychain',
    snapshot: at({ kind: 'stuck', pending, at: 'switch', because: failures.keychainLocked }),
    act: show('reminderOf.lookAtIt'),
  },
  {
    name: 'rotation-switching',
    snapshot: {
      ...at({ kind: 'switching', pending }),
      sync: { kind: 'uploading', sent: 12_000, of: 48_312 },
    },
    act: show('common.show'),
  },
  { name: 'rotation-trial', snapshot: at(trial, pending), act: show('common.show') },
  {
    name: 'rotation-rolling-back',
    snapshot: at({ ...trial, rollingBack: true }, pending),
    act: show('common.show'),
  },
  {
    name: 'rotation-roll-back-refused',
    snapshot: at({ ...trial, because: previousEnded }, pending),
    act: show('common.show'),
  },
  {
    name: 'rotation-done',
    snapshot: at({ kind: 'ended', how: 'done', gone: credential }, pending),
    act: show('common.show'),
  },
  {
    name: 'rotation-rolled-back',
    snapshot: at({ kind: 'ended', how: 'rolledBack', gone: pending }),
    act: show('common.show'),
  },
  {
    name: 'rotation-first-credential',
    snapshot: { ...well, c1: { kind: 'none', because: null } },
    act: show('common.pasteCredential'),
  },
];
