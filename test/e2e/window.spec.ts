import type { Page } from 'playwright';
import { hashOf } from '../../shared/places.ts';
import { chosen, connected, fresh, well } from './screens/data.ts';
import { expect, test } from './screens/stage.ts';
import { named, push, sent, tabTo } from './screens/using.ts';

test('a secret that was pasted goes out once and is gone from the window', async ({ show }) => {
  const page = await show({ name: 'paste', snapshot: { ...chosen, setup: 'c1' } });
  const box = page.getByLabel('Client ID and Client secret');
  const pasted = 'otter@harbour.conductor.one/ccc\nsecret-token:conductorone.com:v1:s3cr3t';
  await box.fill(pasted);
  await page.getByRole('button', { name: 'Connect to C1' }).click();

  await expect(box).toHaveValue('');
  expect(await sent(page, 'connectC1')).toEqual([{ pasted, hostConfirmed: false }]);
  expect(await page.content()).not.toContain('s3cr3t');
  await box.press('Control+z');
  await expect(box).toHaveValue('');
});

test('what was typed stays when C1 can’t be reached, so that a secret shown once isn’t lost', async ({
  show,
}) => {
  const unreachable = named('status-c1-offline').snapshot?.c1;
  if (unreachable?.kind !== 'offline') throw new Error('the scene changed');
  const page = await show({
    name: 'paste',
    snapshot: { ...chosen, setup: 'c1' },
    answers: { connectC1: { ok: false, failure: unreachable.because } },
  });
  await page.getByLabel('Client ID and Client secret').fill('pasted');
  await page.getByRole('button', { name: 'Connect to C1' }).click();

  await expect(page.getByText('C1 can’t be reached')).toBeVisible();
  await expect(page.getByLabel('Client ID and Client secret')).toHaveValue('pasted');
});

test('an unusual host is confirmed by a tick, to which a refused attempt leads', async ({
  show,
}) => {
  const page = await show(named('c1-unusual-host'));
  const tick = page.getByLabel('I know who runs c1.gateway.example:8443');
  await expect(tick).toBeFocused();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Connect to C1' }).click();

  expect(await sent(page, 'connectC1')).toMatchObject([
    { hostConfirmed: false },
    { hostConfirmed: true },
  ]);
});

test('each new step takes the focus to its title', async ({ show }) => {
  const page = await show({ name: 'first', snapshot: fresh });
  await expect(title(page, 'Connect Xero')).toBeFocused();
  await push(page, chosen);
  await expect(title(page, 'Choose organisations')).toBeFocused();
  await push(page, { ...chosen, setup: 'c1' });
  await expect(title(page, 'Connect C1')).toBeFocused();
  await push(page, { ...chosen, setup: 'c1', c1: connected });
  await expect(title(page, 'C1 is connected')).toBeFocused();
});

test('signing in works by keyboard alone', async ({ show }) => {
  const page = await show({ name: 'first', snapshot: fresh });
  const field = page.getByLabel('Client ID of the Xero app');
  await tabTo(page, 'Client ID of the Xero app');
  await expect(field).toBeFocused();
  await page.keyboard.type('4F2A9C81D7E64B0FA3C5512E9B7D6A08');
  await page.keyboard.press('Enter');

  expect(await sent(page, 'startSignIn')).toEqual([
    { kind: 'desktop', clientId: '4F2A9C81D7E64B0FA3C5512E9B7D6A08' },
  ]);
});

test('no organisation chosen is told, and nothing is sent', async ({ show }) => {
  const page = await show(named('organisations-none-chosen'));
  await expect(page.getByRole('alert')).toHaveText(/No organisation is chosen/);
  expect(await sent(page, 'chooseOrganisations')).toEqual([]);
  expect(await sent(page, 'goToStep')).toEqual([]);
});

test('the ticked organisations are sent, also those that were ticked before', async ({ show }) => {
  const page = await show(named('organisations-counted'));
  await page.getByLabel('Demo Company (UK)').check();
  await page.getByRole('button', { name: 'Go on to C1' }).click();
  await expect.poll(() => sent(page, 'goToStep')).toEqual([{ step: 'c1' }]);
  expect(await sent(page, 'chooseOrganisations')).toEqual([
    { ids: ['Harbour & Sons Ltd', 'Northgate Dental Care', 'Demo Company (UK)'] },
  ]);
});

test('a sign-in that Xero ended is mended where the path is broken', async ({ show }) => {
  const page = await show(named('status-xero-signed-out'));
  await page.getByRole('button', { name: 'Sign in to Xero' }).click();
  expect(await sent(page, 'connectAnother')).toEqual([{ signInId: 'sign-in-1' }]);
});

test('a notification leads to the very place, each time anew, and from any page', async ({
  show,
}) => {
  const lead = (page: Page, hash: string) =>
    page.evaluate((to) => {
      window.location.hash = to;
    }, hash);
  const rejected = await show(named('status-c1-rejected'));
  const sheet = rejected.getByRole('dialog', { name: 'Change the C1 credential' });
  for (const from of ['Settings', 'History']) {
    await rejected.getByRole('link', { name: from }).click();
    await lead(rejected, hashOf('credential'));
    await expect(sheet).toBeVisible();
    await rejected.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  }

  const signedOut = await show(named('status-xero-signed-out'));
  await lead(signedOut, hashOf('xero'));
  await expect(signedOut.getByRole('button', { name: 'Sign in to Xero' })).toBeFocused();
});

test('a search of a history that the keychain shuts doesn’t say that nothing was found', async ({
  show,
}) => {
  const page = await show(named('history-locked'));
  await page.getByLabel('Search').fill('nobody has heard of it');
  await expect(page.getByText(/Older ones can’t be searched/)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'keychain' })).toBeVisible();
  await expect(page.getByText(/Nothing in the history fits/)).toHaveCount(0);
});

test('a page that can’t be drawn says so, is announced, and comes back', async ({ show }) => {
  const page = await show(named('window-trouble'));
  await expect(page.getByRole('alert')).toContainText('This window stopped');
  await push(page, well);
  await page.getByRole('button', { name: 'Show it again' }).click();
  await expect(title(page, 'All is well')).toBeVisible();
});

function title(page: Page, name: string) {
  return page.getByRole('heading', { level: 1, name });
}
