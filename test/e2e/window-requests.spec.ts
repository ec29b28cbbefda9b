import type { Page } from 'playwright';
import { say } from '../../shared/language/say.ts';
import { hashOf } from '../../shared/places.ts';
import type { RequestView } from '../../shared/requests.ts';
import { NOW, well } from './screens/data.ts';
import {
  caution,
  change,
  done,
  everywhere,
  giveBack,
  invite,
  remove,
  withRequests,
} from './screens/requests-data.ts';
import { SMALLEST } from './screens/open.ts';
import { expect, test } from './screens/stage.ts';
import { push, sent } from './screens/using.ts';

async function lead(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
}

const scene = (...requests: readonly RequestView[]) => ({
  name: 'requests',
  snapshot: withRequests(...requests),
});
const request = (page: Page) => page.getByRole('article');
const sentence = (page: Page, words: string) =>
  page.getByRole('heading', { level: 2, name: words });
const button = (page: Page, name: string) => page.getByRole('button', { name });

test('requests are gone through by keyboard, and each is said to be read once', async ({
  show,
}) => {
  const page = await show(scene(change, remove, invite));
  await page.getByRole('link', { name: 'Requests' }).press('Enter');
  await expect(sentence(page, 'Give Ana Pires the role Standard')).toBeVisible();
  const list = page.getByRole('navigation', { name: 'All requests' });
  await list.getByRole('link').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('link', { name: 'Chidi Anagonye' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sentence(page, 'Remove Chidi Anagonye')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(button(page, 'Copy the name')).toBeFocused();
  await list.getByRole('link', { name: 'Ana Pires' }).press('Enter');
  await expect(sentence(page, 'Give Ana Pires the role Standard')).toBeFocused();
  expect(await sent(page, 'request')).toEqual([
    { move: 'show', id: 'change' },
    { move: 'show', id: 'remove' },
  ]);
});

test('what a person does about a request is sent', async ({ show }) => {
  const page = await show(scene(invite));
  await page.setViewportSize(SMALLEST);
  await lead(page, hashOf('request/invite'));
  await button(page, 'Copy the name').click();
  await button(page, 'Copy the e-mail address').click();
  await button(page, 'Open in Xero').click();
  await button(page, 'I’ve sent the invitation').click();
  await button(page, 'I’ve done it').click();
  // Below all the steps, in the smallest window.
  await expect(page.getByText(/doesn’t list this person in .* yet/)).toBeInViewport({ ratio: 1 });
  const id = 'invite';
  expect(await sent(page, 'request')).toEqual([
    { move: 'show', id },
    { move: 'copy', id, what: 'name' },
    { move: 'copy', id, what: 'email' },
    { move: 'openInXero', id, organisation: 'Northgate Dental Care' },
    { move: 'saidInvited', id },
    { move: 'saidDone', id },
  ]);
});

test('each organisation that is left has a way of its own into Xero', async ({ show }) => {
  const page = await show(scene(everywhere));
  await lead(page, hashOf('request/everywhere'));
  await button(page, 'Open in Xero: Remove Chidi Anagonye from Northgate').click();
  expect(await sent(page, 'request')).toContainEqual({
    move: 'openInXero',
    id: 'everywhere',
    organisation: 'Northgate Dental Care',
  });
});

test('a caution is confirmed before the steps, which then have the focus', async ({ show }) => {
  const page = await show(scene(caution));
  await lead(page, hashOf('request/caution'));
  await expect(button(page, 'Open in Xero')).toHaveCount(0);
  await button(page, 'Show the steps all the same').press('Enter');
  expect(await sent(page, 'request')).toContainEqual({ move: 'confirm', id: 'caution' });
  await push(page, withRequests({ ...giveBack, id: 'caution' }));
  await expect(page.getByRole('heading', { name: 'What to do in Xero' })).toBeFocused();
});

test('declining needs a reason, which is sent; the request has the focus afterwards', async ({
  show,
}) => {
  const page = await show(scene(change));
  await lead(page, hashOf('request/change'));
  await button(page, 'Decline …').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Decline the request' });
  await expect(dialog.getByLabel('Why it won’t be done')).toBeFocused();
  const decline = dialog.getByRole('button', { name: 'Decline', exact: true });
  await expect(decline).toBeDisabled();
  await page.keyboard.type('  She is on leave until May. ');
  await decline.press('Enter');
  await expect(dialog).toBeHidden();
  expect(await sent(page, 'request')).toContainEqual({
    move: 'decline',
    id: 'change',
    reason: '  She is on leave until May. ',
  });
  const end = { kind: 'declined', at: NOW, words: 'Declined: She is on leave.' } as const;
  await push(page, withRequests({ ...change, ways: [], end }));
  await expect(request(page).getByText('Declined: She is on leave.')).toBeVisible();
  await expect(sentence(page, 'Give Ana Pires')).toBeFocused();
});

test('what is being read stays, whatever comes in or ends meanwhile', async ({ show }) => {
  const page = await show(scene(change));
  await page.getByRole('link', { name: 'Requests' }).click();
  await expect(sentence(page, 'Give Ana Pires')).toBeVisible();
  await push(page, withRequests(change, giveBack));
  await expect(page.getByRole('link', { name: 'Ben Okafor' })).toBeVisible();
  await expect(sentence(page, 'Give Ana Pires')).toBeVisible();
  await push(page, withRequests(giveBack, { ...done, id: 'change' }));
  await expect(request(page).getByText(say('requestEnds.done'))).toBeVisible();
});

test('a notification leads to its request, from any page', async ({ show }) => {
  const page = await show(scene(change, remove));
  for (const from of ['Settings', 'History']) {
    await page.getByRole('link', { name: from }).click();
    await lead(page, hashOf('request/remove'));
    await expect(sentence(page, 'Remove Chidi Anagonye')).toBeFocused();
  }
});

test('the tray’s menu leads to all of them', async ({ show }) => {
  const page = await show(scene(change, remove));
  await lead(page, hashOf('requests'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
});

test('the status page counts the requests that wait, and leads to them', async ({ show }) => {
  const page = await show(scene(change, remove, done));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2 requests wait for you.');
  await button(page, 'Show the requests').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
  await push(page, { ...well, inbox: { requests: [done] } });
  await expect(page.getByRole('link', { name: 'Requests' })).not.toContainText('wait');
});

test('requests are turned on where the page leads, and only then the rest can be set', async ({
  show,
}) => {
  const page = await show({ name: 'requests-off', snapshot: well });
  await page.getByRole('link', { name: 'Requests' }).click();
  await button(page, 'Turn requests on').click();
  const on = page.getByLabel('Take requests from C1');
  await expect(on).toBeFocused();
  await expect(page.getByLabel('How long a request waits for you')).toBeDisabled();
  await page.keyboard.press('Space');
  await push(page, withRequests());
  await page.getByLabel('How long a request waits for you').selectOption('8 hours');
  await page.getByLabel('Tell C1 that a request is still open').press('Space');
  expect(await sent(page, 'changeSettings')).toEqual([
    { requests: true },
    { requestMinutes: 480 },
    { requestHeartbeats: false },
  ]);
});
