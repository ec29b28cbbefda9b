import { appendFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { startC1Sandbox, type C1Sandbox } from '../sandbox/c1/start.ts';
import { makeCertificate } from '../sandbox/certificate.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { rotateInC1, type Pasted } from './browser.ts';
import { doMainJob, pasteCredential, type Stage } from './main-job.ts';
import { expect, test as base } from './stage.ts';

/** A C1 that asks only when a test says so, so that what comes between two tasks can be looked at. */
const test = base.extend({
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox({ c1: { autoSync: false, idlePollMs: 300 } });
    await use(sandbox);
    await sandbox.close();
  },
});

/** First run, with one sync. Resolves with what was pasted. */
async function settle(stage: Stage): Promise<Pasted> {
  stage.sandbox.c1.enqueue('sync_full');
  return doMainJob(stage);
}

/** C1 asks for a sync, and has it. Resolves with the Client ID through which it was uploaded. */
async function sync({ c1 }: Pick<Sandbox, 'c1'>): Promise<string> {
  const task = c1.enqueue('sync_full');
  const { task: done } = await c1.waitFor('finished', (event) => event.task.id === task);
  expect(done.outcome).toMatchObject({ ok: true });
  return uploader(c1, task);
}

async function uploader(c1: C1Sandbox, task: string): Promise<string> {
  return (await c1.waitFor('upload', ({ upload }) => upload.taskId === task)).clientId;
}

const sheetOf = (window: Page): Locator =>
  window.getByRole('dialog', { name: 'Change the C1 credential' });

/** The sheet stands at this heading, which has the focus, so that a screen reader reads it. */
async function stands(sheet: Locator, heading: string): Promise<void> {
  await expect(sheet.getByRole('heading', { name: heading })).toBeFocused();
}

/** By mouse: the sheet opened, the pair pasted and sent to be checked. */
async function paste(window: Page, pasted: Pasted): Promise<void> {
  await window.getByRole('button', { name: 'Change credential' }).click();
  await pasteCredential(window, pasted);
  await sheetOf(window).getByRole('button', { name: 'Check the new credential' }).click();
}

async function answer(sheet: Locator, label: string): Promise<void> {
  await stands(sheet, 'Is it for the same connector?');
  await sheet.getByRole('radio', { name: label }).check();
  await sheet.getByRole('button', { name: 'Go on' }).click();
}

/** Neither the page nor the state that it renders holds the secret, nor any field what was typed into it. */
async function expectNotShown(stage: Stage, { clientSecret }: Pasted): Promise<void> {
  const { window } = stage.app;
  const telling = clientSecret.slice(-40);
  expect(await window.content()).not.toContain(telling);
  expect(JSON.stringify(await stage.app.snapshot())).not.toContain(telling);
  const fields = window.locator('input, textarea');
  const typed = await fields.evaluateAll((all) => all.map((each) => 'value' in each && each.value));
  expect(typed.join()).not.toContain(telling);
}

test('by mouse, with an upload held at the switch: it ends with the old one, the next is the new one’s', async ({
  stage,
}) => {
  const { app, browser, sandbox } = stage;
  const { c1 } = sandbox;
  const old = await settle(stage);
  const { window } = app;
  let letGo = (): void => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  c1.faults.rpc('UploadAsset').add({ kind: 'hold', until }, 1);
  const held = c1.enqueue('sync_full');
  await c1.waitFor('fault', ({ where }) => where === 'UploadAsset hold');

  const fresh = await rotateInC1(browser, sandbox.pages.c1);
  await paste(window, fresh);
  const sheet = sheetOf(window);
  await answer(sheet, 'Yes, the same connector');
  await stands(sheet, 'Waiting for a good moment to switch');
  await expect(sheet).toContainText('A sync is under way');
  await expect(sheet.getByRole('region', { name: 'Old credential' })).toContainText('In use');
  await expectNotShown(stage, fresh);
  // C1 has greeted the new one by now, and isn't asked through it while the upload runs.
  await c1.waitFor('hello', ({ clientId }) => clientId === fresh.clientId);
  expect(c1.events('poll').filter(({ clientId }) => clientId === fresh.clientId)).toEqual([]);
  letGo();
  await stands(sheet, 'The new credential is in use');
  expect(await uploader(c1, held)).toBe(old.clientId);
  expect(c1.tasks().find(({ id }) => id === held)).toMatchObject({
    outcome: { ok: true },
    deliveries: 1,
  });
  await expect(sheet.getByRole('region', { name: 'New credential' })).toContainText('In use');
  expect(await sync(sandbox)).toBe(fresh.clientId);
  await stands(sheet, 'Done: you can revoke the old credential in C1');
  c1.revoke(old.clientId);
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await expect(sheet).toBeHidden();
  expect(await sync(sandbox)).toBe(fresh.clientId);
  expect(c1.violations()).toEqual([]);
});

test('by keyboard alone, from the status page to done, and in the history', async ({ stage }) => {
  const { app, browser, sandbox } = stage;
  await settle(stage);
  const { window } = app;
  const { keyboard } = window;
  const fresh = await rotateInC1(browser, sandbox.pages.c1);
  await app.copyElsewhere(`${fresh.clientId}\n${fresh.clientSecret}`);

  const change = window.getByRole('button', { name: 'Change credential' });
  await tabTo(window, change);
  await keyboard.press('Enter');
  const sheet = sheetOf(window);
  await stands(sheet, 'Make a new credential in C1, and paste it');
  await expect(sheet.getByRole('listitem').and(sheet.locator('[aria-current="step"]'))).toHaveText(
    /Paste.*now/,
  );
  await tabTo(window, sheet.getByRole('textbox', { name: 'Client ID and Client secret' }));
  await keyboard.press('Control+v');
  // What was understood is told at the box, politely, and never with the secret.
  const understood = sheet.locator('[aria-live="polite"]').first();
  await expect(understood).toContainText(fresh.clientId);
  await tabTo(window, sheet.getByRole('button', { name: 'Check the new credential' }));
  await keyboard.press('Enter');

  await stands(sheet, 'Is it for the same connector?');
  await expectNotShown(stage, fresh);
  await tabTo(window, sheet.getByRole('radio', { name: 'Yes, the same connector' }));
  await keyboard.press('Space');
  await tabTo(window, sheet.getByRole('button', { name: 'Go on' }));
  await keyboard.press('Enter');
  await stands(sheet, 'The new credential is in use');
  await tabTo(window, sheet.getByRole('button', { name: 'Take the secret off the clipboard' }));
  await keyboard.press('Enter');
  await expect(
    sheet.getByRole('status').filter({ hasText: 'The clipboard is empty' }),
  ).toBeVisible();
  expect(await app.copied()).toBe('');

  expect(await sync(sandbox)).toBe(fresh.clientId);
  await stands(sheet, 'Done: you can revoke the old credential in C1');
  await tabTo(window, sheet.getByRole('button', { name: 'Close' }).last());
  await keyboard.press('Enter');
  await expect(sheet).toBeHidden();
  await expect(change).toBeFocused();

  await tabTo(window, window.getByRole('link', { name: 'History' }));
  await keyboard.press('Enter');
  for (const sentence of [
    'A new C1 credential was pasted; the one in use goes on',
    'C1 accepted the new credential, and this connector with it',
    'The new C1 credential is in use',
    'The new C1 credential finished its first task; the old one isn’t kept',
  ])
    await expect(window.getByRole('button', { name: sentence })).toHaveCount(1);
  await expectNotShown(stage, fresh);
});

test('to another C1, over a restart, answered as another connector, and back while on trial', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  const old = await settle(stage);
  const certificate = await makeCertificate(Date.now());
  const other = await startC1Sandbox({ certificate, autoSync: false, idlePollMs: 300 });
  try {
    await app.quit();
    await appendFile(sandbox.env['NODE_EXTRA_CA_CERTS'] ?? '', `\n${certificate.ca}`);
    await app.start();
    await paste(app.window, other.credential);
    // Not sent anywhere before somebody has said who would receive it.
    const sheet = sheetOf(app.window);
    const tick = sheet.getByRole('checkbox', { name: new RegExp(other.host) });
    await expect(tick).toBeFocused();
    await expect(sheet).toContainText('Confirm it if you know who runs it');
    expect(other.events('token')).toEqual([]);
    await tick.check();
    await sheet.getByRole('button', { name: 'Check the new credential' }).click();
    await stands(sheet, 'Is it for the same connector?');
    expect(other.events('hello')).toEqual([]);

    await app.kill();
    await app.start();
    await app.window.getByRole('button', { name: 'Answer' }).click();
    const again = sheetOf(app.window);
    await answer(again, 'No, another connector, and I mean it');
    await stands(again, 'The new credential is in use');
    await other.waitFor('poll', ({ clientId }) => clientId === other.credential.clientId);

    await again.getByRole('button', { name: 'Go back to the old one' }).click();
    await stands(again, 'The old credential is in use again');
    await expect(again).toContainText('In C1 it stays valid until you revoke it there');
    await again.getByRole('button', { name: 'Close' }).last().click();
    expect(await sync(sandbox)).toBe(old.clientId);
    expect(other.uploads()).toEqual([]);
    await app.window.getByRole('link', { name: 'History' }).click();
    await expect(
      app.window.getByRole('button', { name: 'The C1 credential of before is in use again' }),
    ).toHaveCount(1);
    await expectNotShown(stage, other.credential);
    expect(other.violations()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('one that C1 rejects is changed in the same sheet, from the error in its words', async ({
  stage,
}) => {
  const { app, browser, sandbox } = stage;
  const { c1 } = sandbox;
  const old = await settle(stage);
  const { window } = app;
  c1.revoke(old.clientId);
  await window.getByRole('heading', { name: 'C1 needs you.' }).waitFor();
  await expect(window.getByRole('alert').first()).toContainText(
    'C1 doesn’t accept this credential',
  );
  await window.getByRole('button', { name: 'Paste credential' }).click();
  const sheet = sheetOf(window);
  await stands(sheet, 'Make a new credential in C1, and paste it');
  await expect(sheet.getByRole('region', { name: 'Old credential' })).toContainText(
    'In use, but C1 refuses it',
  );
  const fresh = await rotateInC1(browser, sandbox.pages.c1);
  await pasteCredential(window, fresh);
  await sheet.getByRole('button', { name: 'Check the new credential' }).click();
  await answer(sheet, 'Yes, the same connector');
  await stands(sheet, 'The new credential is in use');
  // There is no way back to what C1 has closed.
  await sheet.getByRole('button', { name: 'Go back to the old one' }).click();
  await expect(sheet.getByRole('alert')).toContainText('it can’t be put back');
  await expect(sheet.getByRole('button', { name: 'Go back to the old one' })).toHaveCount(0);
  expect(await sync(sandbox)).toBe(fresh.clientId);
  await stands(sheet, 'Done: you can revoke the old credential in C1');
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await window.getByRole('heading', { name: /All is well/ }).waitFor();
  await expectNotShown(stage, fresh);
});

/** Presses Tab until this has the focus, as one would. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  const reached = wanted.and(page.locator(':focus'));
  for (let presses = 0; presses < 60 && (await reached.count()) === 0; presses += 1)
    await page.keyboard.press('Tab');
  await expect(wanted).toBeFocused();
}
