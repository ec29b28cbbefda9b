import type { Page } from 'playwright';
import type { Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { ben, custom, demo, harbour, manyOrganisations, signedIn, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const withSignIns = (...xero: readonly XeroSignIn[]): Snapshot => ({ ...well, xero });

const ana = signedIn([harbour, demo]);
const webRefused: XeroSignIn = {
  ...ben,
  state: { kind: 'needsSignIn', because: failures.webRejected },
};
const customRefused: XeroSignIn = {
  ...custom,
  state: { kind: 'needsSignIn', because: failures.customRejected },
};

async function pasteSecret(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Paste the new secret' }).click();
  await page.getByLabel('Client secret of the Xero app').fill('pasted secret');
}

const mending: readonly Scene[] = [
  { name: 'status-custom', snapshot: withSignIns(custom) },
  { name: 'status-three-sign-ins', snapshot: withSignIns(ana, ben, custom) },
  { name: 'status-web-secret-refused', snapshot: withSignIns(webRefused) },
  { name: 'status-custom-secret-refused', snapshot: withSignIns(customRefused) },
  {
    name: 'dialog-new-secret',
    snapshot: withSignIns(webRefused),
    act: (page) => page.getByRole('button', { name: 'Paste the new secret' }).click(),
  },
  {
    name: 'dialog-new-secret-understood',
    snapshot: withSignIns(webRefused),
    act: async (page) => {
      await pasteSecret(page);
      await page.getByText('This has the form').waitFor();
    },
  },
  {
    name: 'dialog-new-secret-short',
    snapshot: withSignIns(customRefused),
    answers: { checkXeroApp: { ok: false, failure: failures.xeroSecretShort } },
    act: async (page) => {
      await pasteSecret(page);
      await page.getByText(failures.xeroSecretShort.message).waitFor();
    },
  },
  {
    name: 'dialog-new-secret-refused',
    snapshot: withSignIns(customRefused),
    answers: { changeXeroSecret: { ok: false, failure: failures.customRejected } },
    act: async (page) => {
      await pasteSecret(page);
      await page.getByRole('button', { name: 'Use this secret' }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
];

const changing = withSignIns(signedIn([harbour, demo]), {
  ...ben,
  clientId: 'C5512E9B7D6A084F2A9C81D7E64B0FA3',
  organisations: [demo],
});
const toChange = (page: Page) => page.getByRole('button', { name: 'Change app' }).click();

const otherApp: readonly Scene[] = [
  { name: 'dialog-change-app', snapshot: well, act: toChange },
  {
    name: 'dialog-change-app-same',
    snapshot: well,
    answers: { changeXeroApp: { ok: false, failure: failures.sameXeroApp } },
    act: async (page) => {
      await toChange(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Client ID of the Xero app').fill('pasted');
      await dialog.getByRole('button', { name: 'Sign in to Xero' }).click();
      await dialog.getByText(failures.sameXeroApp.message).waitFor();
    },
  },
  {
    name: 'status-app-change',
    snapshot: {
      ...changing,
      appChange: { from: 'sign-in-1', clientId: 'C5512E9B7D6A084F2A9C81D7E64B0FA3' },
    },
  },
];

const open = (page: Page) => page.getByRole('button', { name: 'Add sign-in' }).click();

const adding: readonly Scene[] = [
  { name: 'dialog-add-sign-in', snapshot: well, act: open },
  {
    name: 'dialog-add-custom',
    snapshot: well,
    act: async (page) => {
      await open(page);
      await page.getByRole('radio', { name: 'Custom connection' }).check();
    },
  },
  {
    name: 'dialog-add-sign-in-trying',
    snapshot: well,
    act: async (page) => {
      await open(page);
      const trying = { ...custom, state: { kind: 'finishing' }, organisations: [] };
      const next = JSON.stringify({ ...well, xero: [...well.xero, trying] });
      await page.evaluate(`window.pushSnapshot(${next})`);
      await page.getByText('Asking Xero whether').waitFor();
    },
  },
];

const connectAnother = (page: Page) =>
  page.getByRole('button', { name: 'Connect another organisation' }).click();
const five = manyOrganisations.slice(3, 7);

const ceilings: readonly Scene[] = [
  {
    name: 'dialog-connect-another-full',
    snapshot: withSignIns({ ...signedIn(five), leftOut: 1 }),
    act: connectAnother,
  },
  {
    name: 'dialog-connect-another-which',
    snapshot: withSignIns({ ...signedIn(five), leftOut: 1 }, ben, custom),
    act: async (page) => {
      await connectAnother(page);
      await page.getByRole('radio', { name: 'Ana Pires' }).check();
    },
  },
];

/** Several sign-ins, several kinds of app, and what each needs. */
export const signInScenes: readonly Scene[] = [...mending, ...otherApp, ...adding, ...ceilings];
