import { REDIRECT_URIS } from '../../shared/words.ts';
import { allowAtXero } from './browser.ts';
import { keychainKeys } from './keychain.ts';
import { doMainJob, type Stage } from './main-job.ts';
import { expect, test } from './stage.ts';

/** On Xero's page, which this press leads to, the admin lets the app into one organisation. */
async function through(
  { app, browser }: Stage,
  press: () => Promise<void>,
  organisation: string,
): Promise<void> {
  const opened = await app.nextOpened();
  await press();
  const page = await allowAtXero(browser, await opened.address, organisation);
  await page.getByRole('heading', { name: 'Signed in to Xero' }).waitFor();
  await page.close();
}

test('the Xero app is changed: every organisation goes over, C1 misses none, and the old sign-in is let go', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  const { window } = app;
  await doMainJob(stage);
  const names = sandbox.world.organisations.map(({ name }) => name);
  const [first = '', ...others] = names;
  const tokens = async () => (await keychainKeys()).filter((key) => key.startsWith('xero/'));
  const before = await tokens();
  const fresh = sandbox.xero.register({
    kind: 'desktop',
    name: 'The new one',
    redirectUris: REDIRECT_URIS,
  });

  await window.getByRole('button', { name: /^Change app/ }).click();
  const dialog = window.getByRole('dialog', { name: 'Change the Xero app' });
  await expect(dialog).toContainText(sandbox.xero.desktopApp.clientId);
  await dialog.getByLabel('Client ID of the Xero app').fill(fresh.clientId);
  await through(
    stage,
    () => dialog.getByRole('button', { name: 'Sign in to Xero' }).click(),
    first,
  );
  await expect(window.getByRole('dialog')).toHaveCount(0);

  for (const name of others) {
    await window.getByText(/The Xero app is being changed/).waitFor();
    expect(await tokens()).toHaveLength(2);
    await through(
      stage,
      () => window.getByRole('button', { name: 'Connect the next organisation' }).click(),
      name,
    );
  }
  await expect(window.getByText(/The Xero app is being changed/)).toBeHidden();
  await window.getByRole('heading', { name: /All is well/ }).waitFor();
  await window.getByText(`${names.length} of ${names.length} organisations governed`).waitFor();
  const { xero } = await app.snapshot();
  expect(xero.map(({ clientId, state }) => [clientId, state.kind])).toEqual([
    [fresh.clientId, 'signedIn'],
  ]);
  const after = await tokens();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);

  const task = sandbox.c1.enqueue('sync_full');
  const { task: done } = await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
  expect(done.outcome).toMatchObject({ ok: true });
  expect((await app.snapshot()).uploaded?.counts.organisations).toBe(names.length);
  expect(sandbox.c1.violations()).toEqual([]);

  await window.getByRole('link', { name: 'History' }).click();
  await window
    .getByRole('button', {
      name: 'The new Xero app took over; the sign-in with the one before isn’t kept here any more',
    })
    .waitFor();
});
