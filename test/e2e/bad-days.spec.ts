import { createServer, type Server } from 'node:http';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { REDIRECT_PORTS } from '../../shared/words.ts';
import { allowAtXero, visitXero } from './browser.ts';
import { connectC1, doMainJob, pasteCredential, signInToXero, type Stage } from './main-job.ts';
import { expect, test } from './stage.ts';

const KAURI = 'Kauri & Co Limited';

async function fillClientId({ app, sandbox }: Stage): Promise<void> {
  await app.window.getByLabel('Client ID of the Xero app').fill(sandbox.xero.desktopApp.clientId);
}

test('no browser can be opened: the address to copy is shown, and it works', async ({ stage }) => {
  const { app, browser } = stage;
  await app.breakBrowser();
  await fillClientId(stage);
  await app.window.getByRole('button', { name: 'Sign in to Xero' }).click();
  await expect(
    app.window.getByText(/No browser could be opened|open it in a browser/),
  ).toBeVisible();
  const state = (await app.snapshot()).xero[0]?.state;
  expect(state?.kind).toBe('waitingForBrowser');
  const address = state?.kind === 'waitingForBrowser' ? state.address : '';
  const page = await visitXero(browser, address);
  await page.getByRole('radio', { name: KAURI }).check();
  await page.getByRole('button', { name: 'Allow access' }).click();
  await app.window.getByRole('heading', { name: 'Choose organisations' }).waitFor();
});

test('access denied at Xero: said in the browser and in the app, and signing in again works', async ({
  stage,
}) => {
  const { app, browser } = stage;
  await fillClientId(stage);
  const opened = await app.nextOpened();
  await app.window.getByRole('button', { name: 'Sign in to Xero' }).click();
  const page = await visitXero(browser, await opened.address);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'Not allowed' }).waitFor();
  await expect(app.window.getByText(/Access was not allowed on Xero’s page/)).toBeVisible();
  await signInToXero(stage, KAURI);
});

test('Xero shows an error page of its own: the app says what to compare, and can be cancelled', async ({
  stage,
}) => {
  const { app, browser } = stage;
  await app.window.getByLabel('Client ID of the Xero app').fill('0'.repeat(32));
  const opened = await app.nextOpened();
  await app.window.getByRole('button', { name: 'Sign in to Xero' }).click();
  const page = await browser.newPage();
  await page.goto(await opened.address);
  await page.getByRole('heading', { name: 'Sorry, something went wrong' }).waitFor();
  await app.window.getByText('Does Xero show an error?').click();
  await expect(app.window.getByText('0'.repeat(32))).toBeVisible();
  await expect(app.window.getByText('http://localhost:21741/callback').first()).toBeVisible();
  await app.window.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.window.getByText(/The sign-in was cancelled/)).toBeVisible();
  await signInToXero(stage, KAURI);
});

test('all three ports are taken: the message names them', async ({ stage }) => {
  const { app } = stage;
  const servers = await Promise.all(REDIRECT_PORTS.map(occupy));
  await fillClientId(stage);
  await app.window.getByRole('button', { name: 'Sign in to Xero' }).click();
  await expect(app.window.getByText(/21741, 26353, 31547/)).toBeVisible();
  for (const server of servers) server.close();
  await signInToXero(stage, KAURI);
});

test('a credential that was copied badly is named, and nothing is sent', async ({ stage }) => {
  const { app, sandbox } = stage;
  await signInToXero(stage, KAURI);
  await app.window.getByRole('button', { name: 'Go on to C1' }).click();
  const { clientId, clientSecret } = sandbox.c1.credential;
  await pasteCredential(app.window, { clientId, clientSecret: clientSecret.slice(0, -12) });
  await app.window.getByRole('button', { name: 'Connect to C1' }).click();
  await expect(app.window.getByText(/12 characters short/).first()).toBeVisible();
  await pasteCredential(app.window, { clientId: 'ana@harbour.example', clientSecret });
  await expect(app.window.getByText(/its end is missing/).first()).toBeVisible();
  expect(sandbox.c1.events('token')).toEqual([]);
  await connectC1(stage);
});

test('C1 rejects the credential: the app says so and takes a new one', async ({ stage }) => {
  const { app, sandbox } = stage;
  await signInToXero(stage, KAURI);
  await app.window.getByRole('button', { name: 'Go on to C1' }).click();
  const revoked = sandbox.c1.rotate();
  sandbox.c1.revoke(revoked.clientId);
  await pasteCredential(app.window, revoked);
  await app.window.getByRole('checkbox', { name: /localhost/ }).check();
  await app.window.getByRole('button', { name: 'Connect to C1' }).click();
  await expect(app.window.getByText(/C1 (rejected|doesn’t accept)/).first()).toBeVisible();
  await connectC1(stage);
});

test.describe('no keychain', () => {
  test.use({ appEnv: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } });

  test('the sign-in fails with what to install, and nothing is kept', async ({ stage }) => {
    const { app, browser } = stage;
    await fillClientId(stage);
    const opened = await app.nextOpened();
    await app.window.getByRole('button', { name: 'Sign in to Xero' }).click();
    const page = await allowAtXero(browser, await opened.address, KAURI);
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
    await expect(app.window.getByText(/gnome-keyring/)).toBeVisible();
    expect(await readdir(app.profile)).not.toContain('memory.sealed');
  });
});

test('killed in mid-upload: nothing half-written is left, and the next start does the job', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  sandbox.c1.faults.rpc('UploadAsset').add({ kind: 'hang' }, 1);
  const task = sandbox.c1.enqueue('sync_full');
  // C1 takes the stream and never answers, so the file stays until the process dies.
  await sandbox.c1.waitFor('fault');
  expect(await readdir(join(app.profile, 'sync'))).toEqual([`${task}.sync.c1z`]);
  await app.kill();
  await app.start();
  // C1 hands the task of a silent host out again; here at once instead of after minutes.
  sandbox.c1.deliverAgain(task);
  const finished = await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
  expect(finished.task).toMatchObject({ outcome: { message: '', ok: true }, deliveries: 2 });
  await expect.poll(() => readdir(join(app.profile, 'sync'))).toEqual([]);
  expect(sandbox.c1.violations()).toEqual([]);
});

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
