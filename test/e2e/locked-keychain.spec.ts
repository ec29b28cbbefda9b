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
});
