import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { unpack } from '../sandbox/c1/container.ts';
import { filesIn } from '../e2e/files-in.ts';
import { registerApp, signInWith } from './core-apps.ts';
import { DONE, EVERY, HARBOUR, openDesk, type Desk } from './core-desk.ts';
import { keychainLocked } from './core-surroundings.ts';

/** A day on which a lot goes wrong. */
async function liveThroughALot(desk: Desk): Promise<void> {
  const { xero, c1 } = desk.sandbox;
  await desk.settle(EVERY);
  await desk.syncNow();
  const { clientId, clientSecret } = c1.credential;
  for (const pasted of [
    `${clientId}\n${clientSecret}`,
    `${clientId}\n${clientSecret.slice(0, -9)}`,
    `${clientSecret}\n${clientSecret.slice(9)}`,
  ]) {
    await desk.intents.previewCredential({ pasted });
    await desk.intents.connectC1({ pasted, hostConfirmed: false });
  }
  await desk.intents.startSignIn({ kind: 'desktop', clientId: clientSecret });
  for (const fault of [
    { kind: 'status', status: 401 },
    { kind: 'html' },
    { kind: 'reset' },
  ] as const) {
    xero.fail({ endpoint: 'users', fault, times: 4 });
    await desk.intents.checkXeroNow();
    xero.clearFaults();
  }
  xero.expireAccessTokens();
  xero.fail({ endpoint: 'token', fault: { kind: 'answerLost' } });
  await desk.intents.checkXeroNow();
  xero.expireAccessTokens();
  desk.keychain.breakDown(keychainLocked, ['write']);
  await desk.intents.checkXeroNow();
  desk.keychain.mend();
  xero.disconnect(HARBOUR);
  await desk.syncNow();
  await desk.connectC1(c1.rotate());
  c1.expireTokens();
  c1.faults.upload.add({ kind: 'drop', afterBytes: 1 }, 1);
  await desk.signIn(HARBOUR);
  await liveWithSecrets(desk);
  await desk.syncNow();
  await desk.restart();
  await desk.intents.checkXeroNow();
  await desk.intents.copy({ what: 'failureDetails' });
}

/** The admin adds a web app and a custom connection, mixes their parts up, and replaces their secrets. */
async function liveWithSecrets(desk: Desk): Promise<void> {
  const { xero } = desk.sandbox;
  for (const app of [registerApp(desk, 'web'), registerApp(desk, 'custom')]) {
    const { clientId, secret } = app.pasted;
    await desk.intents.checkXeroApp(app.pasted);
    for (const pasted of [
      { ...app.pasted, secret: `${secret.slice(0, -9)} ${secret.slice(-9)}` },
      { ...app.pasted, clientId: secret, secret: clientId },
      { ...app.pasted, clientId: `${clientId}\n${secret}` },
    ]) {
      await desk.intents.checkXeroApp(pasted);
      await desk.intents.startSignIn(pasted);
    }
    await desk.intents.startSignIn({ kind: 'desktop', clientId: secret });
    expect(await signInWith(desk, app)).toMatchObject(DONE);
    const { id: signInId = '' } = desk.snapshot.xero.at(-1) ?? {};
    const newSecret = xero.replaceSecret(app.registered);
    xero.expireAccessTokens();
    await desk.intents.checkXeroNow();
    await desk.intents.changeXeroSecret({ signInId, secret: `${secret.slice(1)}A` });
    desk.keychain.breakDown(keychainLocked, ['write']);
    await desk.intents.changeXeroSecret({ signInId, secret: newSecret });
    desk.keychain.mend();
    expect(await desk.intents.changeXeroSecret({ signInId, secret: newSecret })).toMatchObject(
      DONE,
    );
    await desk.intents.copy({ what: 'failureDetails' });
  }
}

/** All that must never be found outside the keychain: what the clouds gave, and the data key. */
function secretsOf({ sandbox, keychain }: Desk): readonly string[] {
  const kept = keychain.written.filter(({ key }) => key !== 'c1').map(({ secret }) => secret);
  return [...new Set([...sandbox.secrets(), ...kept])];
}

describe('after a day on which a lot went wrong', () => {
  it(
    'no secret lies in a file, a log, a snapshot or an upload, nor a person in a log',
    { timeout: 60_000 },
    async () => {
      const desk = await openDesk();
      await liveThroughALot(desk);
      await desk.connector.stop();
      const files = await filesIn(desk.folder);
      const uploads = await Promise.all(
        desk.sandbox.c1.uploads().map(async ({ file }) => unpack(await readFile(file))),
      );
      const places = new Map<string, Uint8Array>([
        ...files,
        ...uploads.map((bytes, index) => [`upload ${index}`, bytes] as const),
        ['the window', Buffer.from(desk.shown.join('\n'))],
        ['the clipboard', Buffer.from(desk.copied.join('\n'))],
        ['the browser', Buffer.from(desk.browser.opened.join('\n'))],
        ['the settings', Buffer.from(JSON.stringify(desk.settings.read()))],
      ]);

      const secrets = secretsOf(desk);
      expect(secrets.length).toBeGreaterThan(12);
      for (const [place, bytes] of places) {
        for (const secret of secrets) {
          expect(Buffer.from(bytes).includes(secret.slice(-40)), `a secret in ${place}`).toBe(
            false,
          );
        }
      }

      const log = await readFile(desk.log, 'utf8');
      expect(log).toContain('xero.callFailed');
      for (const name of desk.sandbox.world.names()) expect(log).not.toContain(name);
      expect(log).not.toMatch(/[\w.]+@[\w-]+\.example/);
    },
  );

  it('what lies in the profile is sealed, for its owner alone', async () => {
    const desk = await openDesk();
    await desk.signInFor(EVERY);
    await desk.connector.stop();
    const files = await filesIn(desk.profile);
    expect(files.map(([path]) => path)).toContainEqual(expect.stringContaining('memory.sealed'));
    for (const [path, bytes] of files.filter(([path]) => path !== desk.log)) {
      for (const name of desk.sandbox.world.names()) expect(bytes.includes(name), path).toBe(false);
    }
  });
});
