import type { Page } from 'playwright';
import type { Snapshot } from '../../shared/snapshot.ts';
import { ben, chosen, demo, fresh, harbour, northgate, signedIn, well } from './screens/data.ts';
import { expect, test } from './screens/stage.ts';
import { failures } from './screens/failures.ts';
import { named, push, sent, tabTo } from './screens/using.ts';

const CLIENT_ID = '9B7D6A084F2A9C81D7E64B0FA3C5512E';

test('a web app is chosen, pasted and sent by keyboard alone, and its secret is gone after it', async ({
  show,
}) => {
  const page = await show({ name: 'first', snapshot: fresh });
  await tabTo(page, 'Desktop app');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Web app' })).toBeChecked();
  await tabTo(page, 'Client ID of the Xero app');
  await page.keyboard.type(CLIENT_ID);
  await page.keyboard.press('Tab');
  await page.keyboard.type('s3cr3t');
  await page.keyboard.press('Enter');

  await expect(page.getByLabel('Client secret of the Xero app')).toHaveValue('');
  expect(await sent(page, 'startSignIn')).toEqual([
    { kind: 'web', clientId: CLIENT_ID, secret: 's3cr3t' },
  ]);
  expect(await page.content()).not.toContain('s3cr3t');
});

test('a secret that was typed for one kind isn’t sent for another', async ({ show }) => {
  const page = await show({ name: 'first', snapshot: fresh });
  await page.getByRole('radio', { name: 'Web app' }).check();
  await page.getByLabel('Client secret of the Xero app').fill('s3cr3t');
  await page.getByRole('radio', { name: 'Custom connection' }).check();
  await expect(page.getByLabel('Client secret of the Xero app')).toHaveValue('');
  await page.getByRole('radio', { name: 'Desktop app' }).check();
  await page.getByLabel('Client ID of the Xero app').fill(CLIENT_ID);
  await page.getByRole('button', { name: 'Sign in to Xero' }).click();
  expect(await sent(page, 'startSignIn')).toEqual([{ kind: 'desktop', clientId: CLIENT_ID }]);
});

test('what was pasted stays through a sign-in that fails, since Xero shows a secret once', async ({
  show,
}) => {
  const page = await show({
    name: 'refused',
    snapshot: fresh,
    answers: { startSignIn: { ok: false, failure: failures.customRejected } },
  });
  await page.getByRole('radio', { name: 'Custom connection' }).check();
  await page.getByLabel('Client ID of the Xero app').fill(CLIENT_ID);
  await page.getByLabel('Client secret of the Xero app').fill('s3cr3t');
  await push(page, trying());
  await expect(title(page, 'Trying the custom connection')).toBeFocused();
  await push(page, fresh);
  await page.getByRole('button', { name: 'Connect to Xero' }).click();

  await expect(page.getByRole('alert')).toContainText('for a custom connection');
  await expect(page.getByLabel('Client secret of the Xero app')).toHaveValue('s3cr3t');
});

test('the chosen kind is still chosen after going on and back', async ({ show }) => {
  const page = await show({ name: 'first', snapshot: fresh });
  await page.getByRole('radio', { name: 'Custom connection' }).check();
  await push(page, chosen);
  await expect(title(page, 'Choose organisations')).toBeFocused();
  await push(page, fresh);
  await expect(page.getByRole('radio', { name: 'Custom connection' })).toBeChecked();
});

test('another secret takes the place of one that Xero refuses', async ({ show }) => {
  const page = await show(named('dialog-new-secret'));
  await page.getByLabel('Client secret of the Xero app').fill('n3w s3cr3t');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await sent(page, 'changeXeroSecret')).toEqual([
    { signInId: ben.id, secret: 'n3w s3cr3t' },
  ]);
  expect(await page.content()).not.toContain('n3w s3cr3t');
});

test('a sixth connection is thought over before the browser opens', async ({ show }) => {
  const page = await show(named('dialog-connect-another-full'));
  await expect(page.getByRole('dialog')).toContainText('takes 5 connections');
  expect(await sent(page, 'connectAnother')).toEqual([]);
  await page.getByRole('button', { name: 'Go on to Xero' }).click();
  expect(await sent(page, 'connectAnother')).toEqual([{ signInId: 'sign-in-1' }]);
});

test('another organisation comes through the sign-in that was chosen', async ({ show }) => {
  const page = await show({
    name: 'two',
    snapshot: { ...well, xero: [signedIn([harbour]), { ...ben, organisations: [demo] }] },
  });
  await page.getByRole('button', { name: 'Connect another organisation' }).click();
  await tabTo(page, 'Ana Pires');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Go on to Xero' }).click();
  expect(await sent(page, 'connectAnother')).toEqual([{ signInId: ben.id }]);
});

test('a sign-in is added while others stay, and its dialog waits with it', async ({ show }) => {
  const page = await show({ name: 'add', snapshot: well });
  await page.getByRole('button', { name: 'Add sign-in' }).click();
  await page.getByLabel('Client ID of the Xero app').fill(CLIENT_ID);
  await push(page, { ...well, xero: [...well.xero, ...trying().xero] });
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog', { name: 'Trying the custom connection' })).toBeVisible();
});

test('signing out is asked first, and Escape leaves all as it was', async ({ show }) => {
  const page = await show(named('dialog-sign-out'));
  await expect(page.getByRole('dialog', { name: 'Sign out of Xero?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeFocused();
  expect(await sent(page, 'signOut')).toEqual([]);
});

test('signing out is for this computer, unless everywhere was chosen', async ({ show }) => {
  const page = await show(named('dialog-sign-out'));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: 'On this computer only' })).toBeChecked();
  await tabTo(page, 'On this computer only');
  await page.keyboard.press('ArrowDown');
  await expect(dialog).toContainText('Harbour & Sons Ltd, Northgate Dental Care and Demo Company');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(dialog).toBeHidden();
  expect(await sent(page, 'signOut')).toEqual([{ signInId: 'sign-in-1', where: 'everywhere' }]);
  // What C1 would lose was asked for all that this sign-in alone reaches.
  expect(await sent(page, 'previewLoss')).toEqual([{ ids: [harbour.id, northgate.id, demo.id] }]);
});

test('one organisation is disconnected by keyboard, after C1’s loss is told', async ({ show }) => {
  const page = await show({ name: 'well', snapshot: well });
  await tabTo(page, 'More for Northgate Dental Care');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Stop governing' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Disconnect Northgate Dental Care?' });
  await expect(dialog).toContainText('7 accounts, 5 roles and 18 grants');
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(dialog).toBeHidden();
  expect(await sent(page, 'disconnectOrganisation')).toEqual([{ id: northgate.id }]);
});

test('a custom connection is never disconnected from here', async ({ show }) => {
  const page = await show(named('dialog-disconnect-custom'));
  await expect(page.getByRole('dialog')).toContainText('Connected apps');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await sent(page, 'disconnectOrganisation')).toEqual([]);
});

test('an organisation that dropped out is let go with its loss in sight', async ({ show }) => {
  const page = await show(named('status-organisations-dropped-out'));
  await page.getByRole('button', { name: 'Stop governing it' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'Harbour & Sons Ltd' })).not.toBeChecked();
  await expect(dialog).toContainText('With the next sync C1 sees');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  expect(await sent(page, 'previewLoss')).toEqual([{ ids: [harbour.id] }]);
  expect(await sent(page, 'chooseOrganisations')).toEqual([{ ids: [northgate.id, demo.id] }]);
});

test('the demo company that took the place of a reset one is governed instead', async ({
  show,
}) => {
  const page = await show(named('dialog-govern-new-demo'));
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await sent(page, 'chooseOrganisations')).toEqual([
    { ids: [harbour.id, 'Demo Company (UK), new'] },
  ]);
});

function trying(): Snapshot {
  const scene = named('xero-custom-trying').snapshot;
  if (scene === null) throw new Error('the scene changed');
  return { ...scene, xero: scene.xero.map((signIn) => ({ ...signIn, id: 'sign-in-9' })) };
}

function title(page: Page, name: string) {
  return page.getByRole('heading', { level: 1, name });
}
