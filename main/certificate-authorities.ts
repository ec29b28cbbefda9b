import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fail, succeed, type Result } from '../shared/errors.ts';

const VARIABLE = 'NODE_EXTRA_CA_CERTS';
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificate authorities (PEM) of the file that `NODE_EXTRA_CA_CERTS` names, or
 * undefined when it names none. Fails with `usage` when they can't be had from there.
 */
export function readCaFile(
  env: Readonly<Record<string, string | undefined>>,
): Result<string | undefined> {
  const path = env[VARIABLE]?.trim() ?? '';
  if (path === '') return succeed(undefined);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return unusable('names a file that can’t be read', code);
  }
  const certificates = text.match(CERTIFICATE) ?? [];
  return certificates.length > 0 && certificates.every(isCertificate)
    ? succeed(text)
    : unusable('names a file that doesn’t hold certificates in PEM', 'not PEM');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).fingerprint256 !== '';
  } catch {
    return false;
  }
}

function unusable(what: string, detail: string): Result<undefined> {
  return fail({
    code: 'usage',
    message: `${VARIABLE} ${what}. Correct it, or leave it out.`,
    next: 'tryAgain',
    detail,
  });
}
