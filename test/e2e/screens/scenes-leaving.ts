import type { Page } from 'playwright';
import type { IntentAnswers } from '../../../shared/intents.ts';
import { say } from '../../../shared/language/say.ts';
import type { Organisation, Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { ben, custom, demo, failed, harbour, loss, northgate, signedIn, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const withSignIns = (...xero: readonly XeroSignIn[]): Snapshot => ({ ...well, xero });
const withOrganisations = (...organisations: readonly Organisation[]): Snapshot =>
  withSignIns(signedIn(organisations));

const losing = (rest: Partial<typeof loss>): Pick<IntentAnswers, 'previewLoss'> => ({
  previewLoss: { ok: true, value: { ...loss, ...rest } },
});
const both = losing({
  organisations: ['Harbour & Sons Ltd', 'Northgate Dental Care'],
  accounts: 19,
  roles: 10,
  grants: 42,
});

/** Opens an organisation's menu, and where it is named, takes what stands there. */
async function menuOf(page: Page, organisation: string, item?: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${organisation}` }).click();
  const items = page.getByRole('menuitem');
  await items.first().waitFor();
  if (item === undefined) return;
  await items.filter({ hasText: item }).click();
  await page.getByRole('dialog').waitFor();
}

async function signOutOf(page: Page, who?: string): Promise<void> {
  const name = who === undefined ? say('xeroCard.signOut') : say('xeroCard.signOutOf', { who });
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog', { name: 'Sign out of Xero?' }).waitFor();
}

const signingOut: readonly Scene[] = [
  { name: 'dialog-sign-out', snapshot: well, answers: both, act: (page) => signOutOf(page) },
  {
    name: 'dialog-sign-out-everywhere',
    snapshot: withSignIns({ ...signedIn([harbour, northgate, demo]), leftOut: 1 }),
    answers: both,
    act: async (page) => {
      await signOutOf(page);
      await page.getByRole('radio', { name: 'Everywhere' }).check();
    },
  },
  {
    name: 'dialog-sign-out-one-of-several',
    snapshot: withSignIns(signedIn([harbour, demo]), ben),
    answers: losing({ mayPauseC1: true }),
    act: (page) => signOutOf(page, 'ben.okafor@northgate.example'),
  },
  {
    name: 'dialog-sign-out-custom',
    snapshot: withSignIns(custom),
    act: (page) => signOutOf(page),
  },
];

const governing: readonly Scene[] = [
  {
    name: 'dialog-organisations',
    snapshot: well,
    act: async (page) => {
      await page.getByRole('button', { name: 'Change which are governed' }).click();
      await page.getByRole('checkbox', { name: 'Northgate Dental Care' }).uncheck();
      await page.getByText('With the next sync').waitFor();
    },
  },
  {
    name: 'dialog-organisations-loss-unknown',
    snapshot: well,
    answers: { previewLoss: { ok: false, failure: failures.bug } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Change which are governed' }).click();
      await page.getByRole('checkbox', { name: 'Northgate Dental Care' }).uncheck();
      await page.getByText('couldn’t be worked out').waitFor();
    },
  },
  {
    name: 'dialog-stop-governing',
    snapshot: well,
    answers: losing({ mayPauseC1: true }),
    act: (page) => menuOf(page, 'Northgate Dental Care', 'Stop governing'),
  },
];

const disconnecting: readonly Scene[] = [
  {
    name: 'status-organisation-menu',
    snapshot: well,
    act: (page) => menuOf(page, 'Northgate Dental Care'),
  },
  {
    name: 'dialog-disconnect',
    snapshot: well,
    act: (page) => menuOf(page, 'Northgate Dental Care', 'Disconnect'),
  },
  {
    name: 'dialog-disconnect-not-governed',
    snapshot: well,
    answers: losing({ organisations: [], accounts: 0, roles: 0, grants: 0 }),
    act: (page) => menuOf(page, 'Demo Company (UK)', 'Disconnect'),
  },
  {
    name: 'dialog-disconnect-refused',
    snapshot: well,
    answers: { disconnectOrganisation: { ok: false, failure: failures.notDisconnected } },
    act: async (page) => {
      await menuOf(page, 'Northgate Dental Care', 'Disconnect');
      await page
        .getByRole('button', { name: say('disconnectDialog.disconnect'), exact: true })
        .click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'dialog-disconnect-custom',
    snapshot: withSignIns(custom),
    act: (page) => menuOf(page, 'Northgate Dental Care', 'Disconnect'),
  },
];

const newDemo: Organisation = { ...demo, id: 'Demo Company (UK), new' };
const oldDemo = (because: Parameters<typeof failed>[1]): Organisation =>
  failed({ ...demo, governed: true }, because);

const droppedOut: readonly Scene[] = [
  {
    name: 'status-organisations-dropped-out',
    snapshot: withOrganisations(
      failed(harbour, failures.suspended),
      failed(northgate, failures.forbidden),
      oldDemo(failures.demoReset),
    ),
  },
  {
    name: 'status-demo-replaced',
    snapshot: withOrganisations(harbour, oldDemo(failures.demoReplaced), newDemo),
  },
  {
    name: 'dialog-govern-new-demo',
    snapshot: withOrganisations(harbour, oldDemo(failures.demoReplaced), newDemo),
    answers: losing({ organisations: ['Demo Company (UK)'], accounts: 4, roles: 5, grants: 8 }),
    act: async (page) => {
      await page.getByRole('button', { name: 'Govern the new one' }).click();
      await page.getByText('With the next sync').waitFor();
    },
  },
  {
    name: 'status-custom-forbidden',
    snapshot: withSignIns({ ...custom, organisations: [failed(northgate, failures.forbidden)] }),
  },
];

/** Letting organisations and sign-ins go, and those that went by themselves. */
export const leavingScenes: readonly Scene[] = [
  ...signingOut,
  ...governing,
  ...disconnecting,
  ...droppedOut,
];
