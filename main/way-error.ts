/** What can be wrong with the way to a server, told apart so that each has its own remedy (shared/way-failures.ts). */
export type WayTrouble =
  | 'PROXY_SIGN_IN'
  | 'PROXY_REFUSED'
  | 'PROXY_UNREACHABLE'
  | 'PROXY_KIND'
  | 'CERTIFICATE_UNTRUSTED'
  | 'CERTIFICATE_OUT_OF_TIME'
  | 'CERTIFICATE_OF_ANOTHER';

/**
 * Why no connection came about: `<code> <host[:port]> <detail>`, since a message is all that some
 * libraries hand on. It names a proxy without its user and password.
 */
export class WayError extends Error {
  readonly code: WayTrouble;

  constructor(code: WayTrouble, host: string, detail: string) {
    super(`${code} ${host} ${detail}`);
    this.code = code;
  }
}

/** The codes by which Node says that a certificate doesn't convince it (OpenSSL's X509_V_ERR names). */
const CERTIFICATE =
  /CERT|SELF_SIGNED|ISSUER|VERIFY_LEAF|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/;

/** A refusal of the server's certificate as such; other errors as they are. */
export function asWayError(error: unknown, host: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return new WayError('CERTIFICATE_OF_ANOTHER', host, code);
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return new WayError('CERTIFICATE_OUT_OF_TIME', host, code);
  }
  return CERTIFICATE.test(code) && !code.startsWith('ERR_SSL')
    ? new WayError('CERTIFICATE_UNTRUSTED', host, code)
    : error;
}
