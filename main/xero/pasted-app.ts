import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { PastedXeroApp, XeroAppPreview } from '../../shared/intents.ts';
import { parseClientId } from './client-id.ts';
import { maskSecret, parseClientSecret } from './client-secret.ts';
import type { XeroApp } from './identity.ts';
import { clientIdProblem, secretProblem } from './paste-problems.ts';

/**
 * Reads a pasted Xero app without asking Xero. Fails with `xeroClientIdInvalid` or
 * `xeroSecretInvalid`, by the field that is wrong first.
 */
export function readXeroApp(pasted: PastedXeroApp): Result<XeroApp> {
  const clientId = parseClientId(pasted.clientId);
  if (pasted.kind === 'desktop') {
    return clientId.ok ? succeed({ kind: 'desktop', clientId: clientId.value }) : clientId;
  }
  const secret = parseClientSecret(pasted.secret);
  const swapped = parseClientId(pasted.secret).ok && parseClientSecret(pasted.clientId).ok;
  if (swapped) return fail(clientIdProblem.swapped);
  if (!clientId.ok) return clientId;
  const inSecret = parseClientId(pasted.secret);
  if (inSecret.ok && inSecret.value === clientId.value) return fail(secretProblem.same);
  if (!secret.ok) return secret;
  return succeed({ kind: pasted.kind, clientId: clientId.value, clientSecret: secret.value });
}

/** What the window may know of a pasted app. */
export function previewXeroApp(pasted: PastedXeroApp): Result<XeroAppPreview> {
  const app = readXeroApp(pasted);
  if (!app.ok) return app;
  const { clientId } = app.value;
  const maskedSecret = app.value.kind === 'desktop' ? null : maskSecret(app.value.clientSecret);
  return succeed({ clientId, maskedSecret });
}
