import { startConnectProxy, type ConnectProxy } from '../sandbox/connect-proxy.ts';
import { rotateInC1 } from './browser.ts';
import { doMainJob, signInToXero } from './main-job.ts';
import { expect, test } from './stage.ts';

/** Long enough to be nothing else, short enough to be found where a text was cut up. */
const PIECE = 24;

test('the secret pasted in is alive in the window while it stands in the box, and gone once it was used', async ({
  stage,
}, testInfo) => {
  const { app, browser, sandbox } = stage;
  await signInToXero(stage, sandbox.world.organisations[0]?.name ?? '');
  await app.window.getByRole('button', { name: 'Go on to C1' }).click();
  const { clientId, clientSecret } = await rotateInC1(browser, sandbox.pages.c1);
  // What watches the window for a trace would keep the text itself.
  await app.saveTrace(testInfo.outputPath('until-the-paste.zip'));

  const box = app.window.getByRole('textbox', { name: 'Client ID and Client secret' });
  await app.putOnClipboard(`${clientId}\n${clientSecret}`);
  await box.focus();
  await app.window.keyboard.press('Control+V');
  await app.window.getByRole('checkbox', { name: /localhost/ }).check();
  expect(piecesIn(await app.heapOfWindow(), clientSecret)).not.toEqual([]);

  await app.window.getByRole('button', { name: 'Connect to C1' }).click();
  await app.window.getByRole('heading', { name: 'C1 is connected' }).waitFor();
  expect(piecesIn(await app.heapOfWindow(), clientSecret)).toEqual([]);
});

test('a secret in the environment, which is the command line’s, doesn’t reach the window', async ({
  app,
  sandbox,
}) => {
  expect(sandbox.env['BATON_CLIENT_SECRET']).toBeTruthy();
  const heap = await app.heapOfWindow();
  expect(heap, 'the environment is in the bridge’s world').toContain('XERO_API_URL');
  for (const name of ['BATON_CLIENT_SECRET', 'BATON_REFRESH_TOKEN'])
    expect(piecesIn(heap, sandbox.env[name] ?? ''), name).toEqual([]);
});

test.describe('a proxy whose password stands in the environment', () => {
  const password = 'the-password-of-the-office-proxy-0123456789';
  let proxy: ConnectProxy;
  test.use({
    appEnv: async ({}, use) => {
      proxy = await startConnectProxy('office', password);
      const address = `http://office:${password}@${proxy.host}`;
      await use({ HTTPS_PROXY: address, HTTP_PROXY: address, NO_PROXY: '<-loopback>' });
      await proxy.close();
    },
  });

  test('is used, and told with its host; the password doesn’t reach the window', async ({
    stage,
  }) => {
    const { app } = stage;
    await doMainJob(stage);
    expect(proxy.tunnels.length).toBeGreaterThan(0);
    await app.window.getByRole('link', { name: 'Settings' }).click();
    const told = app.window.getByText(`Through ${proxy.host}, the proxy in the app’s environment`);
    await expect(told.first()).toBeVisible();
    const heap = await app.heapOfWindow();
    expect(heap, 'the environment is in the bridge’s world').toContain('HTTPS_PROXY');
    expect(piecesIn(heap, password)).toEqual([]);
  });
});

/** Which pieces of the secret this text holds, by where they begin. Its beginning is the same in every credential. */
function piecesIn(heap: string, secret: string): readonly number[] {
  const own = Math.floor(secret.length / 2);
  const starts = Array.from({ length: secret.length - PIECE + 1 - own }, (_, nth) => own + nth);
  return starts.filter((start) => heap.includes(secret.slice(start, start + PIECE)));
}
