import { createHash, randomUUID } from 'node:crypto';
import type { XeroApp } from './apps.ts';
import { ACCESS_LIFE, type CodeGrant, type Subject } from './grants.ts';
import { json, type Answer, type XeroRequest } from './http.ts';
import type { XeroState } from './state.ts';

/** POST /connect/token: the three grants of xero.md §2, errors as in its §6. */
export async function token(xero: XeroState, request: XeroRequest): Promise<Answer> {
  const app = authenticate(xero, request);
  if (app === null) return refuse('invalid_client');
  switch (request.form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(xero, app, request.form);
    case 'refresh_token':
      return refresh(xero, app, request.form);
    case 'client_credentials':
      return customConnection(xero, app, request);
    default:
      return refuse('unsupported_grant_type');
  }
}

/**
 * POST /connect/revocation: ends the sign-in and drops all of the person's
 * connections to this app. A token that isn't known is no error (RFC 7009).
 */
export function revocation(xero: XeroState, request: XeroRequest): Answer {
  const app = authenticate(xero, request);
  if (app === null) return refuse('invalid_client');
  const subject = xero.grants.revoke(request.form.get('token') ?? '', app.clientId);
  if (subject !== undefined && subject.personId !== null) {
    xero.connections.remove(xero.connections.of(app.clientId, subject.personId));
  }
  return { status: 200 };
}

async function exchangeCode(xero: XeroState, app: XeroApp, form: URLSearchParams): Promise<Answer> {
  const grant = xero.grants.takeCode(form.get('code') ?? '');
  if (
    grant?.subject.clientId !== app.clientId ||
    grant.redirectUri !== form.get('redirect_uri') ||
    !isProven(grant, form.get('code_verifier'))
  ) {
    return refuse('invalid_grant');
  }
  const { subject, nonce } = grant;
  const refreshToken = subject.scope.includes('offline_access')
    ? xero.grants.issueRefreshToken(subject)
    : undefined;
  return tokenSet(xero, subject, { refreshToken, nonce });
}

function refresh(xero: XeroState, app: XeroApp, form: URLSearchParams): Answer | Promise<Answer> {
  if (app.kind === 'custom') return refuse('unauthorized_client');
  const rotated = xero.grants.rotate(form.get('refresh_token') ?? '', app.clientId);
  if (rotated === undefined) return refuse('invalid_grant');
  return tokenSet(xero, rotated.subject, { refreshToken: rotated.token });
}

/** Wants Basic authentication and no `scope`; there's no refresh token (xero.md §2). */
function customConnection(
  xero: XeroState,
  app: XeroApp,
  request: XeroRequest,
): Answer | Promise<Answer> {
  if (app.kind !== 'custom') return refuse('unauthorized_client');
  if (request.header('authorization') === undefined) return refuse('invalid_client');
  if (request.form.has('scope')) return refuse('invalid_scope');
  const { clientId, scopes } = app;
  const subject = { clientId, personId: null, scope: scopes, authEventId: randomUUID() };
  return tokenSet(xero, subject, {});
}

async function tokenSet(
  { grants, signer, world }: XeroState,
  subject: Subject,
  {
    refreshToken,
    nonce,
  }: { readonly refreshToken?: string | undefined; readonly nonce?: string | undefined },
): Promise<Answer> {
  const accessToken = await signer.accessToken(subject);
  grants.recordAccessToken(accessToken, subject);
  const login = subject.personId === null ? undefined : world.loginOf(subject.personId);
  const idToken =
    login !== undefined && subject.scope.includes('openid')
      ? await signer.idToken(subject, login, nonce)
      : undefined;
  return json({
    ...(idToken !== undefined && { id_token: idToken }),
    access_token: accessToken,
    expires_in: ACCESS_LIFE / 1000,
    token_type: 'Bearer',
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    scope: subject.scope.join(' '),
  });
}

/** The app that asks, or null: an unknown one, a wrong secret, or a secret given twice. */
function authenticate({ apps }: XeroState, request: XeroRequest): XeroApp | null {
  const { form } = request;
  const basic = basicCredential(request.header('authorization'));
  const inBody = form.get('client_secret');
  if (basic !== null && inBody !== null) return null;
  const app = apps.find(basic?.clientId ?? form.get('client_id') ?? '');
  if (app === undefined) return null;
  const secret = basic?.secret ?? inBody ?? undefined;
  return secret === app.secret ? app : null;
}

function basicCredential(
  header: string | undefined,
): { readonly clientId: string; readonly secret: string } | null {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [clientId = '', secret = ''] = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .split(':', 2);
  return { clientId: formDecoded(clientId), secret: formDecoded(secret) };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** PKCE: the verifier's SHA-256 is the challenge. */
function isProven({ challenge }: CodeGrant, verifier: string | null): boolean {
  if (challenge === undefined) return verifier === null;
  if (verifier === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function refuse(error: string): Answer {
  return json({ error }, 400);
}
