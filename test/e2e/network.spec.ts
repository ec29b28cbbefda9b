import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotateInC1 } from './browser.ts';
import { startConnectProxy } from '../sandbox/connect-proxy.ts';
import { pasteCredential, doMainJob, signInToXero } from './main-job.ts';
import { expect, test } from './stage.ts';

const KAURI = 'Kauri & Co Limited';

/** A computer that names no proxy in its environment, and whose loopback addresses are like any other. */
const PLAIN = { HTTPS_PROXY: '', https_proxy: '', HTTP_PROXY: '', http_proxy: '' };

test.describe('a computer whose system settings name a proxy', () => {
  test.use({ appEnv: { ...PLAIN, NO_PROXY: '<-loopback>' } });

  test('the app goes through it to Xero and C1, and after sleep over a new connection', async ({
    stage,
  }) => {
    const { app, sandbox } = stage;
    const proxy = await startConnectProxy('', '');
    const toC1 = sandbox.c1.host;
    const toXero = new URL(sandbox.xero.roots.api).host;
    const tunnels = (to: string): number => proxy.tunnels.filter((each) => each === to).length;
    try {
      await app.setSystemProxy(`https=${proxy.host};http=${proxy.host}`);
      await doMainJob(stage);
      expect(tunnels(toXero)).toBeGreaterThan(0);
      // One for its token, one for all calls.
      const before = tunnels(toC1);
      expect(before).toBeGreaterThan(1);
      await app.wakeUp();
      await expect.poll(() => tunnels(toC1)).toBeGreaterThan(before);
      await expect.poll(async () => (await app.snapshot()).c1.kind).toBe('connected');
      await app.window.getByRole('link', { name: 'Settings' }).click();
      const told = app.window.getByText(`${proxy.host}, the proxy in this computer’s settings`);
      await expect(told).toHaveCount(2);
      await app.window.getByRole('link', { name: 'Status' }).click();
      await proxy.close();
      await app.wakeUp();
      const sentence = `The proxy ${proxy.host} can’t be reached.`;
      await expect(app.window.getByText(sentence).first()).toBeVisible();
    } finally {
      await proxy.close().catch(() => undefined);
    }
  });
});

test.describe('a network that inspects what is sent', () => {
  test.use({ appEnv: { NODE_EXTRA_CA_CERTS: '' } });

  test('C1’s certificate isn’t trusted: choosing the authority’s file in the same place mends it', async ({
    stage,
  }) => {
    const { app, browser, sandbox } = stage;
    const folder = await mkdtemp(join(tmpdir(), 'c1-xero-ca-'));
    const path = join(folder, 'network-ca.pem');
    await writeFile(path, sandbox.ca);
    try {
      await signInToXero(stage, KAURI);
      await app.window.getByRole('button', { name: 'Go on to C1' }).click();
      const pasted = await rotateInC1(browser, sandbox.pages.c1);
      await pasteCredential(app.window, pasted);
      await app.window.getByRole('checkbox', { name: /localhost/ }).check();
      await app.window.getByRole('button', { name: 'Connect to C1' }).click();
      await expect(app.window.getByText(/its certificate isn’t trusted here/)).toBeVisible();
      await app.chooseFiles([path]);
      await app.window.getByRole('button', { name: 'Choose the file' }).click();
      await expect.poll(async () => (await app.snapshot()).caFile?.state.kind).toBe('trusted');
      await app.window.getByRole('button', { name: 'Connect to C1' }).click();
      await app.window.getByRole('heading', { name: 'C1 is connected' }).waitFor();
      await sandbox.c1.waitFor('finished');
      await app.window.getByRole('button', { name: 'Finish set-up' }).click();
      await app.window.getByRole('link', { name: 'Settings' }).click();
      await expect(app.window.getByText(path)).toBeVisible();
      await expect(app.window.getByText('C1 Connector for Xero sandbox authority')).toBeVisible();
      await app.chooseFiles([]);
      await app.window.getByRole('button', { name: 'Choose another file' }).click();
      await app.window.getByRole('button', { name: 'Stop trusting it' }).click();
      await app.window.getByRole('link', { name: 'Status' }).click();
      await expect(
        app.window.getByText(/its certificate isn’t trusted here/).first(),
      ).toBeVisible();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
