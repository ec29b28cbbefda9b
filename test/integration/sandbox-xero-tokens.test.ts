import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REDIRECT_URIS } from '../../shared/words.ts';
import { basic, REDIRECT_URI, XeroSignIn, type Parameters } from './xero-sign-in.ts';

const MINUTE = 60_000;

let app: XeroSignIn;

beforeEach(async () => {
  app = await XeroSignIn.start();
});
afterEach(() => app.xero.close());

describe('codes', () => {
  test('a code works once', async () => {
    const code = await app.codeFor();
    expect(await app.exchange(code)).toMatchObject({ status: 200, expires_in: 1800 });
    expect(await app.exchange(code)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a code lives five minutes', async () => {
    const code = await app.codeFor();
    app.turnTo(5 * MINUTE);
    expect(await app.exchange(code)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test.each([
    ['the wrong verifier', { code_verifier: 'x'.repeat(43) }],
    ['no verifier', { code_verifier: undefined }],
    ['another of the registered redirect URIs', { redirect_uri: REDIRECT_URIS[1] }],
  ])('%s spends the code', async (_, changes: Parameters) => {
    const code = await app.codeFor();
    expect(await app.exchange(code, changes)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await app.exchange(code)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a code is for the app that asked', async () => {
    const other = app.xero.register({
      kind: 'desktop',
      name: 'Other',
      redirectUris: [REDIRECT_URI],
    });
    const answer = await app.exchange(await app.codeFor(), { client_id: other.clientId });
    expect(answer).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('without offline_access there is no refresh token, without openid no id token', async () => {
    const answer = await app.exchange(await app.codeFor({ scope: 'accounting.settings.read' }));
    expect(answer).not.toHaveProperty('refresh_token');
    expect(answer).not.toHaveProperty('id_token');
  });

  test('a web app proves itself by Basic or in the body, not both, and not by nothing', async () => {
    const xeroApp = app.xero.webApp;
    const changes = { client_id: xeroApp.clientId, code_challenge: undefined };
    const form = { client_id: xeroApp.clientId, code_verifier: undefined };
    const secret = { ...form, client_secret: xeroApp.secret };
    const both = { status: 400, error: 'invalid_client' };
    const code = await app.codeFor(changes);
    expect(await app.exchange(code, form)).toEqual(both);
    expect(await app.exchange(code, { ...secret, client_secret: 'wrong' })).toEqual(both);
    expect(await app.exchange(code, secret)).toMatchObject({ status: 200 });
    const again = {
      grant_type: 'authorization_code',
      code: await app.codeFor(changes),
      redirect_uri: REDIRECT_URI,
    };
    expect(await app.token({ ...again, client_secret: xeroApp.secret }, basic(xeroApp))).toEqual(
      both,
    );
    expect(await app.token(again, basic(xeroApp))).toMatchObject({ status: 200 });
  });
});

describe('refreshing', () => {
  test('each refresh gives a new token, and the old one lives 30 minutes more', async () => {
    const first = app.xero.consent(app.xero.desktopApp);
    const second = await app.refresh(first);
    expect(second).toMatchObject({ status: 200, expires_in: 1800 });
    app.turnTo(30 * MINUTE - 1);
    const again = await app.refresh(first);
    expect(again.status).toBe(200);
    expect(new Set([first, second.refresh_token, again.refresh_token]).size).toBe(3);
    app.turnTo(30 * MINUTE);
    expect(await app.refresh(first)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await app.refresh(again.refresh_token)).toMatchObject({ status: 200 });
  });

  test('a refresh token that nobody used for 60 days is dead', async () => {
    const unused = app.xero.consent(app.xero.desktopApp);
    app.xero.ageRefreshTokens(60 * 24 * 60 * MINUTE);
    expect(await app.refresh(unused)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a refresh token is for its own app, and a desktop app has no secret', async () => {
    const mine = app.xero.consent(app.xero.desktopApp);
    expect(await app.refresh(mine, app.xero.webApp)).toEqual({
      status: 400,
      error: 'invalid_grant',
    });
    expect(await app.refresh(mine, { ...app.xero.desktopApp, secret: 'made up' })).toEqual({
      status: 400,
      error: 'invalid_client',
    });
  });

  test('when the answer is lost the token has rotated, and the old one still works', async () => {
    const first = app.xero.consent(app.xero.desktopApp);
    app.xero.fail({ endpoint: 'token', fault: { kind: 'answerLost' } });
    await expect(app.refresh(first)).rejects.toThrow();
    expect(await app.refresh(first)).toMatchObject({ status: 200 });
    app.turnTo(31 * MINUTE);
    expect(await app.refresh(first)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('revoking drops all connections of the person and app, and no others', async () => {
    const mine = app.xero.consent(app.xero.desktopApp);
    app.xero.consent(app.xero.webApp);
    const { access_token } = await app.refresh(mine);
    expect(await app.connections(access_token)).toHaveLength(3);
    const answer = await fetch(`${app.xero.roots.identity}/connect/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: app.xero.desktopApp.clientId, token: mine }),
    });
    expect(answer.status).toBe(200);
    expect(await app.connections(access_token)).toEqual([]);
    expect(app.xero.connections(app.xero.webApp)).toHaveLength(3);
    expect(await app.refresh(mine)).toEqual({ status: 400, error: 'invalid_grant' });
  });
});

describe('custom connections', () => {
  test('want Basic authentication and no scope, and get no refresh token', async () => {
    const xeroApp = app.xero.customConnection;
    const grant = { grant_type: 'client_credentials' };
    const inBody = { client_id: xeroApp.clientId, client_secret: xeroApp.secret };
    const granted = await app.token(grant, basic(xeroApp));
    expect(granted).toMatchObject({ status: 200, scope: 'accounting.settings.read' });
    expect(granted).not.toHaveProperty('refresh_token');
    expect(
      await app.token({ ...grant, scope: 'accounting.settings.read' }, basic(xeroApp)),
    ).toEqual({
      status: 400,
      error: 'invalid_scope',
    });
    expect(await app.token({ ...grant, ...inBody })).toMatchObject({ error: 'invalid_client' });
    expect(await app.token(grant, basic(app.xero.webApp))).toMatchObject({
      error: 'unauthorized_client',
    });
  });
});
