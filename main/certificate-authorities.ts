import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fail, succeed, type Failure, type Result } from '../shared/errors.ts';
import type { CaFile } from './ports.ts';

const VARIABLE = 'NODE_EXTRA_CA_CERTS';
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** Far more than all authorities of a system in one file. */
const LONGEST_FILE = 4 * 1024 * 1024;

/**
 * The certificate authorities (PEM) of the file that `NODE_EXTRA_CA_CERTS` names, or
 * undefined when it names none. Fails with `usage` when they can't be had from there.
 */
export function readCaFile(
  env: Readonly<Record<string, string | undefined>>,
): Result<string | undefined> {
  const path = env[VARIABLE]?.trim() ?? '';
  if (path === '') return succeed(undefined);
  const text = contentOf(path);
  if (!text.ok) return fail(misnamed('names a file that can’t be read', text.code));
  return certificatesIn(text.content) === null
    ? fail(misnamed('names a file that doesn’t hold certificates in PEM', 'not PEM'))
    : succeed(text.content.toString('utf8'));
}

/**
 * The certificate authorities of a file that the admin chose: PEM, or the one certificate in DER that
 * Windows exports. Fails with `caFileUnusable`.
 * @param now milliseconds since 1970
 */
export function readChosenCaFile(path: string, now: number): Result<CaFile> {
  const read = contentOf(path);
  if (!read.ok) return fail(caFileUnreadable(read.code));
  const certificates = certificatesIn(read.content) ?? certificateIn(read.content);
  if (certificates === null) return fail(noCertificate);
  const validUntil = Math.max(...certificates.map(({ validTo }) => Date.parse(validTo)));
  if (validUntil < now) return fail(expired(validUntil));
  return succeed({
    pem: certificates.map(String).join(''),
    names: certificates.map(nameOf),
    validUntil,
  });
}

type Content =
  { readonly ok: true; readonly content: Buffer } | { readonly ok: false; readonly code: string };

function contentOf(path: string): Content {
  try {
    if (statSync(path).size > LONGEST_FILE) return { ok: false, code: 'EFBIG' };
    return { ok: true, content: readFileSync(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { ok: false, code };
  }
}

/** All of the file's certificates, or null when there is none or one of them is damaged. */
function certificatesIn(content: Buffer): readonly X509Certificate[] | null {
  const blocks = content.toString('utf8').match(CERTIFICATE) ?? [];
  const certificates = blocks.flatMap((block) => certificateIn(block) ?? []);
  return blocks.length > 0 && certificates.length === blocks.length ? certificates : null;
}

function certificateIn(content: Buffer | string): readonly X509Certificate[] | null {
  try {
    return [new X509Certificate(content)];
  } catch {
    return null;
  }
}

function nameOf({ subject }: X509Certificate): string {
  const names = new Map(subject.split('\n').map((line) => splitOnce(line)));
  return names.get('CN') ?? names.get('O') ?? 'A certificate without a name';
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

function misnamed(what: string, detail: string): Failure {
  return {
    code: 'usage',
    message: `${VARIABLE} ${what}. Correct it, or leave it out.`,
    next: 'tryAgain',
    detail,
  };
}

function unusable(message: string, detail: string): Failure {
  return { code: 'caFileUnusable', message, next: 'chooseCaFile', detail };
}

export function caFileUnreadable(code: string): Failure {
  return unusable(
    code === 'ENOENT'
      ? 'The file of your certificate authority isn’t where it was. Put it back, or choose it again.'
      : 'The file of your certificate authority can’t be read. Choose one that you may open.',
    code,
  );
}

export const noCertificate = unusable(
  'This file holds no certificate, or a damaged one. Ask who runs your network for the certificate authority in PEM (“Base-64 encoded X.509”), and choose that file.',
  'not PEM',
);

function expired(at: number): Failure {
  const day = new Date(at).toISOString().slice(0, 10);
  return unusable(
    `The certificate authority in this file ran out on ${day}. Ask who runs your network for the new one, and choose its file.`,
    'expired',
  );
}
