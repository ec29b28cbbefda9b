import { describe, expect, it } from 'vitest';
import type { Result } from '../../shared/errors.ts';
import type { CredentialPair } from '../sandbox/c1/credentials.ts';
import { DONE, openDesk, type Desk } from './core-desk.ts';

type Pasted = readonly [clientId: string, secret: string];

const inOneBox = (parts: Pasted): string => parts.join('\n');

function expectNothingSent(desk: Desk): void {
  const { c1 } = desk.sandbox;
  expect([...c1.events('token'), ...c1.events('hello'), ...c1.events('poll')]).toEqual([]);
  expect([...desk.keychain.entries.keys()]).not.toContain('c1');
}

/** What a refusal says, which never repeats what was pasted. */
function sentenceOf(outcome: Result<unknown>, secret: string): string {
  if (outcome.ok) throw new Error('the credential was taken');
  for (let at = 0; at + 12 <= secret.length; at += 1) {
    expect(JSON.stringify(outcome)).not.toContain(secret.slice(at, at + 12));
  }
  return outcome.failure.message;
}

describe('a credential pasted clumsily', () => {
  it.each<[string, (pair: CredentialPair) => Pasted]>([
    ['with blanks around', (pair) => [`  ${pair.clientId}\t`, `\n ${pair.clientSecret}  \r\n`]],
    ['in quotes', (pair) => [`“${pair.clientId}”`, `"${pair.clientSecret}"`]],
    [
      'with a line break inside',
      (pair) => [
        pair.clientId,
        `${pair.clientSecret.slice(0, 70)}\r\n${pair.clientSecret.slice(70)}`,
      ],
    ],
    ['with the secret first', (pair) => [pair.clientSecret, pair.clientId]],
    [
      'with a blank inside the secret',
      (pair) => [pair.clientId, `${pair.clientSecret.slice(0, 60)} ${pair.clientSecret.slice(60)}`],
    ],
    [
      'with its names',
      (pair) => [
        `BATON_CLIENT_ID=${pair.clientId}`,
        `export BATON_CLIENT_SECRET="${pair.clientSecret}"`,
      ],
    ],
  ])('%s is understood', async (_how, paste) => {
    const desk = await openDesk();
    const pasted = inOneBox(paste(desk.sandbox.c1.credential));
    const outcome = await desk.intents.connectC1({ pasted, hostConfirmed: true });
    expect(outcome).toMatchObject(DONE);
    expect(desk.snapshot.c1).toMatchObject({
      credential: { clientId: desk.sandbox.c1.credential.clientId },
    });
  });
});

describe('a credential that can’t be one', () => {
  it.each<[string, (pair: CredentialPair) => Pasted, string, RegExp]>([
    [
      'whose secret lost its last characters',
      ({ clientId, clientSecret }) => [clientId, clientSecret.slice(0, -7)],
      'credentialSecretInvalid',
      /7 characters short/,
    ],
    [
      'of which half the secret is missing',
      ({ clientId, clientSecret }) => [clientId, clientSecret.slice(0, clientSecret.length / 2)],
      'credentialSecretInvalid',
      /short|end/,
    ],
    [
      'whose secret lost its beginning',
      ({ clientId, clientSecret }) => [clientId, clientSecret.slice(30)],
      'credentialSecretInvalid',
      /beginning/,
    ],
    ['with no secret', ({ clientId }) => [clientId, ' '], 'credentialMissing', /secret is empty/],
  ])('%s is named, sent nowhere and kept nowhere', async (_how, paste, code, sentence) => {
    const desk = await openDesk();
    const { credential } = desk.sandbox.c1;
    const pasted = inOneBox(paste(credential));
    const outcome = await desk.intents.connectC1({ pasted, hostConfirmed: true });
    expect(outcome).toMatchObject({ ok: false, failure: { code, next: 'pasteCredential' } });
    expect(sentenceOf(outcome, credential.clientSecret.slice(-60))).toMatch(sentence);
    const preview = await desk.intents.previewCredential({ pasted });
    if (!preview.ok) throw new Error('the preview said nothing');
    const { clientId, secret } = preview.value;
    expect([clientId.kind, secret.kind]).not.toEqual(['understood', 'understood']);
    expect(JSON.stringify(preview)).not.toContain(credential.clientSecret.slice(-20, -8));
    expectNothingSent(desk);
    expect(await desk.connectC1()).toMatchObject(DONE);
  });
});

describe('a host outside conductor.one', () => {
  it('is shown, and gets nothing before the admin confirms it', async () => {
    const desk = await openDesk();
    const { clientId, clientSecret: secret } = desk.sandbox.c1.credential;
    const pasted = inOneBox([clientId, secret]);
    const preview = await desk.intents.previewCredential({ pasted });
    expect(preview).toMatchObject({
      ok: true,
      value: {
        clientId: { kind: 'understood', shown: clientId },
        destination: { host: desk.sandbox.c1.host, unusual: true },
      },
    });
    const outcome = await desk.intents.connectC1({ pasted, hostConfirmed: false });
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'credentialHostUnconfirmed', next: 'confirmHost' },
    });
    expect(sentenceOf(outcome, secret)).toContain(desk.sandbox.c1.host);
    expect(await desk.intents.openPage({ page: 'c1Tenant' })).toMatchObject({ ok: false });
    expect(desk.browser.opened).toEqual([]);
    expectNothingSent(desk);
    expect(await desk.connectC1()).toMatchObject(DONE);
  });

  it('is opened in the browser only after it has accepted the credential', async () => {
    const desk = await openDesk();
    const other = desk.sandbox.c1.rotate();
    desk.sandbox.c1.revoke(other.clientId);
    await desk.connectC1(other);
    expect(await desk.intents.openPage({ page: 'c1Tenant' })).toMatchObject({ ok: false });
    await desk.connectC1();
    expect(await desk.intents.openPage({ page: 'c1Tenant' })).toMatchObject(DONE);
    expect(desk.browser.opened).toEqual([`https://${desk.sandbox.c1.host}/`]);
  });
});

describe('the clipboard after a paste', () => {
  it('is emptied while it holds the secret, and left alone once it holds something else', async () => {
    const desk = await openDesk();
    const { clientId, clientSecret } = desk.sandbox.c1.credential;
    desk.clipboard.holds = inOneBox([clientId, clientSecret]);
    expect(await desk.intents.clearClipboard()).toEqual({ ok: true, value: { cleared: true } });
    expect(desk.clipboard.holds).toBe('');
    desk.clipboard.holds = 'the minutes of Monday’s meeting';
    expect(await desk.intents.clearClipboard()).toEqual({ ok: true, value: { cleared: false } });
    expect(desk.clipboard.holds).toBe('the minutes of Monday’s meeting');
  });
});
