import { once } from 'node:events';
import { request } from 'node:http';
import { REDIRECT_PORTS } from '../../shared/words.ts';
import { allowAtXero } from './browser.ts';
import { startHostile } from './hostile.ts';
import { expect, test } from './stage.ts';

const KAURI = 'Kauri & Co Limited';

test('a hostile page on this computer can neither end a sign-in nor learn of it', async ({
  stage,
}) => {
  const { app, browser, sandbox } = stage;
  await app.window.getByLabel('Client ID of the Xero app').fill(sandbox.xero.desktopApp.clientId);
  const opened = await app.nextOpened();
  await app.window.getByRole('button', { name: 'Sign in to Xero' }).click();
  const address = new URL(await opened.address);
  const callback = new URL(address.searchParams.get('redirect_uri') ?? '');
  const state = address.searchParams.get('state') ?? '';
  expect(REDIRECT_PORTS.map(String)).toContain(callback.port);
  const stolen = `?code=stolen&state=${state}`;

  // Without the state; the state with every part of the request wrong by turns.
  const at = (path: string, method = 'GET', host = callback.host) =>
    statusOf(Number(callback.port), path, method, host);
  expect(await at('/callback')).toBe(400);
  expect(await at('/callback?code=stolen')).toBe(400);
  expect(await at('/callback?code=stolen&state=')).toBe(400);
  expect(await at(`/callback?code=stolen&state=${state}x`)).toBe(400);
  expect(await at(`/callback?code=stolen&state=${state.slice(0, -1)}`)).toBe(400);
  expect(await at(`/callback?error=access_denied&state=${state.toUpperCase()}x`)).toBe(400);
  for (const path of ['/', '/callback/', '/Callback', '/callback/..', '//evil.example/callback'])
    expect(await at(path + stolen), path).toBe(404);
  for (const method of ['POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE'])
    expect(await at(`/callback${stolen}`, method), method).toBe(405);
  for (const host of [
    'evil.example',
    `evil.example:${callback.port}`,
    `127.0.0.1:${callback.port}`,
  ])
    expect(await at(`/callback${stolen}`, 'GET', host), host).toBe(421);

  // From a page in the same browser as the sign-in.
  const hostile = await startHostile();
  const page = await browser.newPage();
  await page.goto(hostile.address);
  const read = await page.evaluate(async (target) => {
    const text = await fetch(`${target}?state=guess`).then(
      (answer) => answer.text(),
      () => 'unreadable',
    );
    await fetch(target, { method: 'POST', mode: 'no-cors', body: 'code=stolen' }).catch(() => 0);
    const frame = document.createElement('iframe');
    frame.src = `${target}?code=stolen&state=guess`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    return { text, framed: frame.contentDocument !== null };
  }, callback.href);
  expect(read).toEqual({ text: 'unreadable', framed: false });
  await page.close();
  hostile.close();

  // The one who began it is still awaited, and is the only one whom it serves.
  expect((await app.snapshot()).xero[0]?.state.kind).toBe('waitingForBrowser');
  const answered = await allowAtXero(browser, address.href, KAURI);
  await answered.getByRole('heading', { name: 'Signed in to Xero' }).waitFor();
  const again = answered.url();
  await answered.close();
  await app.window.getByRole('checkbox', { name: KAURI }).waitFor();
  await expect
    .poll(() => at(again.slice(again.indexOf('/callback'))).catch(() => 'nobody listens'))
    .toBe('nobody listens');
});

/** The listener's answer, in a number, to a request that no browser would make. */
async function statusOf(
  port: number,
  path: string,
  method: string,
  host: string,
): Promise<number | undefined> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers: { Host: host } }).end();
  const [answer] = (await once(asked, 'response')) as [{ statusCode?: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}
