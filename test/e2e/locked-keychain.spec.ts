import { lockKeychain } from './keychain.ts';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

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
