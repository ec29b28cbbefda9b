import { answerPrompt, lockKeychain, showPrompts, untilPrompt } from './keychain.ts';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

test('a prompt that is left open: the app says so, goes on by itself once it is answered, and can be quit meanwhile', async ({
  stage,
}) => {
  // The app waits half a minute for whoever sits before the prompt, and so does quitting.
  test.setTimeout(240_000);
  const { app } = stage;
  await doMainJob(stage);
  await app.quit();
  await lockKeychain();
  await showPrompts('onScreen');
  await app.start();
  await expect(app.window.getByText(/keychain is locked/).first()).toBeVisible({ timeout: 60_000 });
  await app.window.getByRole('link', { name: 'History', exact: true }).press('Enter');
  const main = app.window.getByRole('main');
  await expect(main.getByRole('alert').getByText(/keychain is locked/)).toBeVisible();
  await answerPrompt();
  await expect.poll(async () => (await app.snapshot()).c1.kind).toBe('connected');
  const { xero, uploaded } = await app.snapshot();
  expect(xero.map(({ state }) => state.kind)).toEqual(['signedIn']);
  expect(uploaded).not.toBeNull();
  await main.getByRole('button', { name: 'Try again' }).click();
  await expect(main.getByRole('button', { name: /^C1 received/ }).first()).toBeVisible();
  await app.quit();
  await lockKeychain();
  await app.start();
  await untilPrompt();
  await app.quit();
  await app.start();
  await answerPrompt();
  await expect.poll(async () => (await app.snapshot()).c1.kind).toBe('connected');
  await showPrompts('nowhere');
});

// Nobody is here to answer the prompt that would unlock it again, so this runs last (playwright.config.ts).
test('a locked keychain: said as such, with nothing forgotten and no way through Xero', async ({
  stage,
}) => {
  const { app } = stage;
  await doMainJob(stage);
  await app.quit();
  await lockKeychain();
  await app.start();
  await expect(app.window.getByText(/keychain is locked/).first()).toBeVisible();
  await app.window.getByRole('button', { name: 'Try again' }).first().click();
  await expect(app.window.getByText(/keychain is locked/).first()).toBeVisible();
  const { setup, xero, c1 } = await app.snapshot();
  expect(setup).toBe('done');
  expect(xero.map(({ state }) => state.kind)).toEqual(['needsSignIn']);
  expect(c1).toMatchObject({ kind: 'none', because: { code: 'keychainLocked' } });
  await app.window.getByRole('link', { name: 'History', exact: true }).press('Enter');
  const main = app.window.getByRole('main');
  // Each look into the keychain waits for its prompt first.
  await expect(main.getByRole('alert').getByText(/keychain is locked/)).toBeVisible({
    timeout: 90_000,
  });
  await expect(main.getByText(/Only the newest entries are at hand/)).toBeVisible();
  await expect(main.getByRole('button', { name: /^The app started/ })).toBeVisible();
});
