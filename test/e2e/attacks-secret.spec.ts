import { rotateInC1 } from './browser.ts';
import { signInToXero } from './main-job.ts';
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

/** Which pieces of the secret this text holds, by where they begin. Its beginning is the same in every credential. */
function piecesIn(heap: string, secret: string): readonly number[] {
  const own = Math.floor(secret.length / 2);
  const starts = Array.from({ length: secret.length - PIECE + 1 - own }, (_, nth) => own + nth);
  return starts.filter((start) => heap.includes(secret.slice(start, start + PIECE)));
}
