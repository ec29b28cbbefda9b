import { createHash, randomBytes } from 'node:crypto';
import * as openid from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { REDIRECT_URIS, XERO_SCOPES } from '../../shared/words.ts';
import { Visitor, type Destination } from '../sandbox/visitor.ts';
import { World } from '../sandbox/world.ts';
import type { XeroApp } from '../sandbox/xero/apps.ts';
import type { XeroSandbox } from '../sandbox/xero/sandbox.ts';
import { startXeroSandbox } from '../sandbox/xero/start.ts';

const MINUTE = 60_000;
const KAURI = 'Kauri & Co Limited';
const ADMIN = 'aroha.ngata@kauri.example';
const REDIRECT_URI = REDIRECT_URIS[0] ?? '';
const VERIFIER = randomBytes(32).toString('base64url');

let xero: XeroSandbox;
let world: World;
let elapsed = 0;

beforeEach(async () => {
  elapsed = 0;
  const started = Date.now();
  world = new World();
  xero = await startXeroSandbox({ world, now: () => started + elapsed });
});
afterEach(() => xero.close());

type Parameters = Record<string, string | undefined>;

function authorizeAddress(changes: Parameters = {}): URL {
  const address = new URL(`${xero.roots.login}/identity/connect/authorize`);
  const parameters: Parameters = {
    client_id: xero.desktopApp.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: XERO_SCOPES.join(' '),
    state: 'state-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) address.searchParams.set(name, value);
  }
  return address;
}

async function visit(
  changes: Parameters = {},
  organisation: string | null = KAURI,
): Promise<Destination> {
  return new Visitor().signIn(authorizeAddress(changes), { email: ADMIN, organisation });
}

async function codeFor(changes: Parameters = {}): Promise<string> {
  const destination = await visit(changes);
  return destination.kind === 'app' ? (destination.address.searchParams.get('code') ?? '') : '';
}

const TokenAnswer = z.object({
  error: z.string().optional(),
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  expires_in: z.number().optional(),
  scope: z.string().optional(),
});

async function token(form: Parameters, headers: Record<string, string> = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) if (value !== undefined) body.set(name, value);
  const answer = await fetch(`${xero.roots.identity}/connect/token`, {
    method: 'POST',
    headers,
    body,
  });
  return { status: answer.status, ...TokenAnswer.parse(await answer.json()) };
}

function exchange(code: string, changes: Parameters = {}) {
  return token({
    grant_type: 'authorization_code',
    client_id: xero.desktopApp.clientId,
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
    ...changes,
  });
}

function refresh(refreshToken: string | undefined, app: XeroApp = xero.desktopApp) {
  return token({
    grant_type: 'refresh_token',
    client_id: app.clientId,
    client_secret: app.secret,
    refresh_token: refreshToken,
  });
}

function basic({ clientId, secret = '' }: XeroApp): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
}

async function connections(accessToken: string | undefined): Promise<unknown> {
  const headers = { authorization: `Bearer ${accessToken ?? ''}` };
  return (await fetch(`${xero.roots.api}/connections`, { headers })).json();
}

describe('signing in', () => {
  test('openid-client signs in, refreshes and revokes as with the real Xero', async () => {
    const configuration = await openid.discovery(
      new URL(xero.roots.identity),
      xero.desktopApp.clientId,
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
      xero_userid: world.user(KAURI, ADMIN).personId,
    });
    const renewed = await openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    await openid.tokenRevocation(configuration, renewed.refresh_token ?? '');
    await expect(
      openid.refreshTokenGrant(configuration, renewed.refresh_token ?? ''),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('each consent connects one organisation, and they accumulate', async () => {
    await exchange(await codeFor());
    expect(xero.connections(xero.desktopApp)).toHaveLength(1);
    const second = await visit({}, 'Harbour Lane Cafés');
    const code = second.kind === 'app' ? second.address.searchParams.get('code') : null;
    const { access_token } = await exchange(code ?? '');
    expect(await connections(access_token)).toMatchObject([
      { tenantName: KAURI, tenantType: 'ORGANISATION' },
      { tenantName: 'Harbour Lane Cafés' },
    ]);
  });

  test('consenting without choosing an organisation asks again', async () => {
    const page = await visit({}, null);
    expect(page).toMatchObject({ kind: 'page', status: 200 });
    expect(page.kind === 'page' && page.text).toContain('Choose an organisation first');
  });

  test('offers only organisations that the person may connect', async () => {
    const readOnly = await new Visitor().signIn(authorizeAddress(), {
      email: 'maria.ivanova@kauri.example',
    });
    expect(readOnly.kind === 'page' && readOnly.text).toContain('You have no organisation');
  });

  test('cancelling comes back as access_denied with the state, and no iss', async () => {
    const back = await new Visitor().signIn(authorizeAddress(), {
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
    const page = await visit(changes);
    expect(page).toMatchObject({ kind: 'page', status: 400 });
    expect(page.kind === 'page' && page.text).toContain(words);
    const answer = await fetch(authorizeAddress(changes), { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch(/^\/login\/identity\/error\?errorId=/);
  });

  test('the tier’s limit on connections ends on a page of its own', async () => {
    const app = xero.register({
      kind: 'desktop',
      name: 'Small',
      redirectUris: [REDIRECT_URI],
      connectionLimit: 1,
    });
    await visit({ client_id: app.clientId });
    const page = await visit({ client_id: app.clientId }, 'Harbour Lane Cafés');
    expect(page.kind === 'page' && page.text).toContain('Connection limit reached');
    expect(await visit({ client_id: app.clientId })).toMatchObject({ kind: 'app' });
  });

  test('the portal refuses redirect URIs and names that Xero refuses', () => {
    const redirectUris = ['http://127.0.0.1:21741/callback'];
    expect(() => xero.register({ kind: 'desktop', name: 'App', redirectUris })).toThrow('refuses');
    expect(() => xero.register({ kind: 'desktop', name: 'My Xero app' })).toThrow('name');
  });
});

describe('codes', () => {
  test('a code works once', async () => {
    const code = await codeFor();
    expect(await exchange(code)).toMatchObject({ status: 200, expires_in: 1800 });
    expect(await exchange(code)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a code lives five minutes', async () => {
    const code = await codeFor();
    elapsed = 5 * MINUTE;
    expect(await exchange(code)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test.each([
    ['the wrong verifier', { code_verifier: 'x'.repeat(43) }],
    ['no verifier', { code_verifier: undefined }],
    ['another of the registered redirect URIs', { redirect_uri: REDIRECT_URIS[1] }],
  ])('%s spends the code', async (_, changes: Parameters) => {
    const code = await codeFor();
    expect(await exchange(code, changes)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await exchange(code)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a code is for the app that asked', async () => {
    const other = xero.register({ kind: 'desktop', name: 'Other', redirectUris: [REDIRECT_URI] });
    const answer = await exchange(await codeFor(), { client_id: other.clientId });
    expect(answer).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('without offline_access there is no refresh token, without openid no id token', async () => {
    const answer = await exchange(await codeFor({ scope: 'accounting.settings.read' }));
    expect(answer).not.toHaveProperty('refresh_token');
    expect(answer).not.toHaveProperty('id_token');
  });

  test('a web app proves itself by Basic or in the body, not both, and not by nothing', async () => {
    const app = xero.webApp;
    const changes = { client_id: app.clientId, code_challenge: undefined };
    const form = { client_id: app.clientId, code_verifier: undefined };
    const secret = { ...form, client_secret: app.secret };
    const both = { status: 400, error: 'invalid_client' };
    const code = await codeFor(changes);
    expect(await exchange(code, form)).toEqual(both);
    expect(await exchange(code, { ...secret, client_secret: 'wrong' })).toEqual(both);
    expect(await exchange(code, secret)).toMatchObject({ status: 200 });
    const again = {
      grant_type: 'authorization_code',
      code: await codeFor(changes),
      redirect_uri: REDIRECT_URI,
    };
    expect(await token({ ...again, client_secret: app.secret }, basic(app))).toEqual(both);
    expect(await token(again, basic(app))).toMatchObject({ status: 200 });
  });
});

describe('refreshing', () => {
  test('each refresh gives a new token, and the old one lives 30 minutes more', async () => {
    const first = xero.consent(xero.desktopApp);
    const second = await refresh(first);
    expect(second).toMatchObject({ status: 200, expires_in: 1800 });
    elapsed = 30 * MINUTE - 1;
    const again = await refresh(first);
    expect(again.status).toBe(200);
    expect(new Set([first, second.refresh_token, again.refresh_token]).size).toBe(3);
    elapsed = 30 * MINUTE;
    expect(await refresh(first)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await refresh(again.refresh_token)).toMatchObject({ status: 200 });
  });

  test('a refresh token that nobody used for 60 days is dead', async () => {
    const unused = xero.consent(xero.desktopApp);
    xero.ageRefreshTokens(60 * 24 * 60 * MINUTE);
    expect(await refresh(unused)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a refresh token is for its own app, and a desktop app has no secret', async () => {
    const mine = xero.consent(xero.desktopApp);
    expect(await refresh(mine, xero.webApp)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await refresh(mine, { ...xero.desktopApp, secret: 'made up' })).toEqual({
      status: 400,
      error: 'invalid_client',
    });
  });

  test('when the answer is lost the token has rotated, and the old one still works', async () => {
    const first = xero.consent(xero.desktopApp);
    xero.fail({ endpoint: 'token', fault: { kind: 'answerLost' } });
    await expect(refresh(first)).rejects.toThrow();
    expect(await refresh(first)).toMatchObject({ status: 200 });
    elapsed = 31 * MINUTE;
    expect(await refresh(first)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('revoking drops all connections of the person and app, and no others', async () => {
    const mine = xero.consent(xero.desktopApp);
    xero.consent(xero.webApp);
    const { access_token } = await refresh(mine);
    expect(await connections(access_token)).toHaveLength(3);
    const answer = await fetch(`${xero.roots.identity}/connect/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: xero.desktopApp.clientId, token: mine }),
    });
    expect(answer.status).toBe(200);
    expect(await connections(access_token)).toEqual([]);
    expect(xero.connections(xero.webApp)).toHaveLength(3);
    expect(await refresh(mine)).toEqual({ status: 400, error: 'invalid_grant' });
  });
});

describe('custom connections', () => {
  test('want Basic authentication and no scope, and get no refresh token', async () => {
    const app = xero.customConnection;
    const grant = { grant_type: 'client_credentials' };
    const inBody = { client_id: app.clientId, client_secret: app.secret };
    const granted = await token(grant, basic(app));
    expect(granted).toMatchObject({ status: 200, scope: 'accounting.settings.read' });
    expect(granted).not.toHaveProperty('refresh_token');
    expect(await token({ ...grant, scope: 'accounting.settings.read' }, basic(app))).toEqual({
      status: 400,
      error: 'invalid_scope',
    });
    expect(await token({ ...grant, ...inBody })).toMatchObject({ error: 'invalid_client' });
    expect(await token(grant, basic(xero.webApp))).toMatchObject({ error: 'unauthorized_client' });
  });
});
