import { describe, expect, it } from 'vitest';
import type { Result } from '../../shared/errors.ts';
import type { CredentialPair } from '../sandbox/c1/credentials.ts';
import { DONE, openDesk, type Desk } from './core-desk.ts';

type Pasted = readonly [clientId: string, secret: string];

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
    [
      'with its names',
      (pair) => [
        `BATON_CLIENT_ID=${pair.clientId}`,
        `export BATON_CLIENT_SECRET="${pair.clientSecret}"`,
      ],
    ],
  ])('%s is understood', async (_how, paste) => {
    const desk = await openDesk();
    const [clientId, secret] = paste(desk.sandbox.c1.credential);
    const outcome = await desk.intents.connectC1({ clientId, secret, hostConfirmed: true });
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
    [
      'with ID and secret swapped',
      ({ clientId, clientSecret }) => [clientSecret, clientId],
      'credentialClientIdInvalid',
      /swapped/,
    ],
    [
      'with the ID twice',
      ({ clientId }) => [clientId, clientId],
      'credentialSecretInvalid',
      /Client ID, not the secret/,
    ],
    ['with no secret', ({ clientId }) => [clientId, ' '], 'credentialMissing', /secret is empty/],
    [
      'with a space inside the secret',
      ({ clientId, clientSecret }) => [
        clientId,
        `${clientSecret.slice(0, 60)} ${clientSecret.slice(60)}`,
      ],
      'credentialSecretInvalid',
      /space/,
    ],
  ])('%s is named, sent nowhere and kept nowhere', async (_how, paste, code, sentence) => {
    const desk = await openDesk();
    const { credential } = desk.sandbox.c1;
    const [clientId, secret] = paste(credential);
    const preview = await desk.intents.previewCredential({ clientId, secret });
    const outcome = await desk.intents.connectC1({ clientId, secret, hostConfirmed: true });
    for (const result of [preview, outcome]) {
      expect(result).toMatchObject({ ok: false, failure: { code, next: 'pasteCredential' } });
      expect(sentenceOf(result, credential.clientSecret.slice(-60))).toMatch(sentence);
    }
    expectNothingSent(desk);
    expect(await desk.connectC1()).toMatchObject(DONE);
  });
});

describe('a host outside conductor.one', () => {
  it('is shown, and gets nothing before the admin confirms it', async () => {
    const desk = await openDesk();
    const { clientId, clientSecret: secret } = desk.sandbox.c1.credential;
    const preview = await desk.intents.previewCredential({ clientId, secret });
    expect(preview).toMatchObject({
      ok: true,
      value: { host: desk.sandbox.c1.host, unusualHost: true, clientId },
    });
    const outcome = await desk.intents.connectC1({ clientId, secret, hostConfirmed: false });
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
