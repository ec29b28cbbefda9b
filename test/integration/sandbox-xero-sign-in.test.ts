import * as openid from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { XERO_SCOPES } from '../../shared/words.ts';
import { Visitor } from '../sandbox/visitor.ts';
import {
  ADMIN,
  HARBOUR,
  KAURI,
  REDIRECT_URI,
  XeroSignIn,
  type Parameters,
} from './xero-sign-in.ts';

let app: XeroSignIn;

beforeEach(async () => {
  app = await XeroSignIn.start();
});
afterEach(() => app.xero.close());

describe('signing in', () => {
  test('openid-client signs in, refreshes and revokes as with the real Xero', async () => {
    const configuration = await openid.discovery(
      new URL(app.xero.roots.identity),
      app.xero.desktopApp.clientId,
      undefined,
      openid.None(),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- so marked to stand out; this is loopback
      { execute: [openid.allowInsecureRequests] },
    );
    const verifier = openid.randomPKCECodeVerifier();
    const nonce = openid.randomNonce();
    const state = openid.randomState();
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: REDIRECT_URI,
      scope: XERO_SCOPES.join(' '),
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const back = await new Visitor().signIn(address, { email: ADMIN, organisation: KAURI });
    if (back.kind === 'page') throw new Error(back.text);
    const tokens = await openid.authorizationCodeGrant(configuration, back.address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    expect(tokens.expires_in).toBe(1800);
    expect(tokens.claims()).toMatchObject({
      given_name: 'Aroha',
      family_name: 'Ngata',
      email: ADMIN,
      xero_userid: app.world.user(KAURI, ADMIN).personId,
    });
    const renewed = await openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    await openid.tokenRevocation(configuration, renewed.refresh_token ?? '');
    await expect(
      openid.refreshTokenGrant(configuration, renewed.refresh_token ?? ''),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('each consent connects one organisation, and they accumulate', async () => {
    await app.exchange(await app.codeFor());
    expect(app.xero.connections(app.xero.desktopApp)).toHaveLength(1);
    const { access_token } = await app.exchange(await app.codeFor({}, HARBOUR));
    expect(await app.connections(access_token)).toMatchObject([
      { tenantName: KAURI, tenantType: 'ORGANISATION' },
      { tenantName: HARBOUR },
    ]);
  });

  test('consenting without choosing an organisation asks again', async () => {
    const page = await app.visit({}, null);
    expect(page).toMatchObject({ kind: 'page', status: 200 });
    expect(page.kind === 'page' && page.text).toContain('Choose an organisation first');
  });

  test('offers only organisations that the person may connect', async () => {
    const readOnly = await new Visitor().signIn(app.address(), {
      email: 'maria.ivanova@kauri.example',
    });
    expect(readOnly.kind === 'page' && readOnly.text).toContain('You have no organisation');
  });

  test('cancelling comes back as access_denied with the state, and no iss', async () => {
    const back = await new Visitor().signIn(app.address(), {
      email: ADMIN,
      decision: 'cancel',
    });
    if (back.kind === 'page') throw new Error(back.text);
    expect(Object.fromEntries(back.address.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
    });
    expect(back.address.searchParams.has('iss')).toBe(false);
  });

  test.each([
    ['an unknown client ID', { client_id: 'F'.repeat(32) }, 'unauthorized_client'],
    ['another port', { redirect_uri: 'http://localhost:1/callback' }, 'Invalid redirect_uri'],
    ['a slash too many', { redirect_uri: `${REDIRECT_URI}/` }, 'Invalid redirect_uri'],
    ['a scope that isn’t offered', { scope: 'openid accounting.transactions' }, 'invalid_scope'],
    ['no PKCE', { code_challenge: undefined }, 'code challenge required'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'Transform algorithm not supported'],
  ])('%s ends on Xero’s own error page', async (_, changes: Parameters, words) => {
    const page = await app.visit(changes);
    expect(page).toMatchObject({ kind: 'page', status: 400 });
    expect(page.kind === 'page' && page.text).toContain(words);
    const answer = await fetch(app.address(changes), { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch(/^\/login\/identity\/error\?errorId=/);
  });

  test('the tier’s limit on connections ends on a page of its own', async () => {
    const xeroApp = app.xero.register({
      kind: 'desktop',
      name: 'Small',
      redirectUris: [REDIRECT_URI],
      connectionLimit: 1,
    });
    await app.visit({ client_id: xeroApp.clientId });
    const page = await app.visit({ client_id: xeroApp.clientId }, HARBOUR);
    expect(page.kind === 'page' && page.text).toContain('Connection limit reached');
    expect(await app.visit({ client_id: xeroApp.clientId })).toMatchObject({ kind: 'app' });
  });

  test('the portal refuses redirect URIs and names that Xero refuses', () => {
    const redirectUris = ['http://127.0.0.1:21741/callback'];
    expect(() => app.xero.register({ kind: 'desktop', name: 'App', redirectUris })).toThrow(
      'refuses',
    );
    expect(() => app.xero.register({ kind: 'desktop', name: 'My Xero app' })).toThrow('name');
  });
});
