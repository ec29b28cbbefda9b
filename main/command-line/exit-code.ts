import type { Failure } from '../../shared/errors.ts';

/** 2 usage, 14 unreachable, 16 a credential was rejected, 1 anything else (product.md §6). */
export function exitCode({ code }: Failure): number {
  switch (code) {
    case 'usage':
    case 'credentialClientIdInvalid':
    case 'credentialSecretInvalid':
    case 'credentialMissing':
      return 2;
    case 'xeroUnreachable':
    case 'c1Unreachable':
    case 'proxyFailed':
    case 'proxySignInNeeded':
    case 'certificateUntrusted':
      return 14;
    case 'credentialRejected':
    case 'xeroSignedOut':
    case 'xeroClientRejected':
      return 16;
    default:
      return 1;
  }
}
