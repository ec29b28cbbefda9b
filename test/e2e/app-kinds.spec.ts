import { REDIRECT_URIS } from '../../shared/words.ts';
import { allowAtXero } from './browser.ts';
import { keychainKeys } from './keychain.ts';
import { expectNoSecrets } from './left-behind.ts';
import { connectC1, doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';
import type { Sandbox } from '../sandbox/start.ts';

test('a web app and a custom connection bring what they reach to C1, also after a restart', async ({
  stage,
}) => {
  const { app, sandbox, browser } = stage;
  const { xero, world } = sandbox;
  const [first, second] = world.organisations;
  if (first === undefined || second === undefined) throw new Error('There are three.');
  const web = xero.register({ kind: 'web', name: 'Ours', redirectUris: REDIRECT_URIS });
  const custom = xero.register({ kind: 'custom', name: 'Theirs', organisationId: second.id });
  const { window } = app;

  await test.step('first run with the web app', async () => {
    await window.getByRole('radio', { name: 'Web app' }).check();
    await window.getByLabel('Client ID of the Xero app').fill(web.clientId);
    await window.getByLabel('Client secret of the Xero app').fill(web.secret ?? '');
    await window.getByText('Both have the form that Xero gives them.').waitFor();
    const opened = await app.nextOpened();
    await window.getByRole('button', { name: 'Sign in to Xero' }).click();
    const page = await allowAtXero(browser, await opened.address, first.name);
    await page.getByRole('heading', { name: 'Signed in to Xero' }).waitFor();
    await page.close();
    await window.getByRole('checkbox', { name: first.name }).waitFor();
    await window.getByRole('button', { name: 'Go on to C1' }).click();
    await connectC1(stage);
    await sandbox.c1.waitFor('finished');
    await window.getByRole('button', { name: 'Finish set-up' }).click();
    await window.getByRole('heading', { name: /All is well/ }).waitFor();
  });

  await test.step('the custom connection beside it', async () => {
    await window.getByRole('button', { name: 'Add sign-in' }).click();
    const dialog = window.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Custom connection' }).check();
    await dialog.getByLabel('Client ID of the Xero app').fill(custom.clientId);
    await dialog.getByLabel('Client secret of the Xero app').fill(custom.secret ?? '');
    await dialog.getByRole('button', { name: 'Connect to Xero' }).click();
    await expect(dialog).toBeHidden();
    await window.getByText('2 of 2 organisations governed').waitFor();
  });

  await app.quit();
  await app.start();
  await app.window.getByRole('heading', { name: /All is well/ }).waitFor();
  await sync(sandbox);
  const shown = (await app.snapshot()).xero.map(({ app: kind, state }) => [kind, state.kind]);
  expect(shown).toEqual([
    ['web', 'signedIn'],
    ['custom', 'signedIn'],
  ]);
  expect((await app.snapshot()).uploaded?.counts.organisations).toBe(2);

  await test.step('signing the custom connection out', async () => {
    await app.window.getByRole('button', { name: /^Sign out Custom connection/ }).click();
    const dialog = app.window.getByRole('dialog');
    await expect(dialog).toContainText(second.name);
    await dialog.getByRole('button', { name: 'Sign out here' }).click();
    await expect(dialog).toBeHidden();
  });
  await sync(sandbox);
  expect((await app.snapshot()).uploaded?.counts.organisations).toBe(1);
  expect(sandbox.c1.violations()).toEqual([]);
  const keys = (await keychainKeys()).filter((key) => key.startsWith('xero/'));
  expect(keys.map((key) => key.endsWith('/secret')).toSorted()).toEqual([false, true]);
  await expectNoSecrets(app, [web.secret ?? '', custom.secret ?? '']);
});

test('one organisation is disconnected at Xero, and C1 keeps the others', async ({ stage }) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  const [leaving, ...staying] = sandbox.world.organisations.map(({ name }) => name);
  const { window } = app;
  await window.getByRole('button', { name: `More for ${leaving ?? ''}` }).click();
  await window.getByRole('menuitem', { name: 'Disconnect at Xero' }).click();
  const dialog = window.getByRole('dialog');
  await expect(dialog).toContainText(/C1 sees .* disappear/);
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(dialog).toBeHidden();
  await window.getByText(`${staying.length} of ${staying.length} organisations governed`).waitFor();
  await sync(sandbox);
  expect((await app.snapshot()).uploaded?.counts.organisations).toBe(staying.length);
  expect(sandbox.c1.violations()).toEqual([]);
});

/** C1 asks for a sync, and has it. */
async function sync({ c1 }: Sandbox): Promise<void> {
  const task = c1.enqueue('sync_full');
  await c1.waitFor('finished', (event) => event.task.id === task);
}
