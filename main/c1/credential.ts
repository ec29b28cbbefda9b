import { importJWK, SignJWT, type JWTPayload } from 'jose';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { parseClientId, type ClientId } from './client-id.ts';
import { clientIdProblem, secretProblem } from './errors.ts';
import { looksLikeClientId, looksLikeSecret, withoutCopyingMarks } from './paste.ts';
import { parseSecret, type Secret } from './secret.ts';

/** The pair that C1 shows after Rotate, checked. The key stays inside: it signs, and is never handed out. */
export class Credential {
  /** The whole Client ID, as it is sent. */
  readonly clientId: string;
  /** What stands before the `@`. */
  readonly clientName: string;
  /** Where C1 is, with the port when there is one. */
  readonly host: string;
  /** The host without the port: the audience of assertions (c1-protocol.md §1.4). */
  readonly audience: string;
  readonly #secret: Secret;

  constructor(id: ClientId, secret: Secret) {
    this.clientId = id.clientId;
    this.clientName = id.clientName;
    this.host = id.host;
    this.audience = id.audience;
    this.#secret = secret;
  }

  /**
   * Signs an assertion with the secret's key (c1-protocol.md §2.1): EdDSA, no `typ`, a `kid` only
   * when the key carries one.
   * @param nonce 32 hexadecimal characters for the header
   */
  async sign(claims: JWTPayload, nonce: string): Promise<string> {
    const { kid, x, d } = this.#secret.key;
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x, d }, 'EdDSA');
    return await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', nonce, ...(kid ? { kid } : {}) })
      .sign(key);
  }

  /** The secret, cleaned of what copying added. For the keychain alone. */
  secretForKeychain(): string {
    return this.#secret.text;
  }
}

/**
 * Reads a pasted Client ID and Client secret by the official client's rules (c1-protocol.md §1.1,
 * §1.2), after taking away only what copying adds. Failures say what is wrong and repeat nothing
 * of the secret.
 */
export function parseCredential(clientId: string, secret: string): Result<Credential> {
  const idText = withoutCopyingMarks(clientId);
  const secretText = withoutCopyingMarks(secret);
  if (looksLikeSecret(idText)) {
    return fail(looksLikeClientId(secretText) ? clientIdProblem.swapped : clientIdProblem.isSecret);
  }
  const parsedId = parseClientId(idText);
  if (!parsedId.ok) return parsedId;
  if (looksLikeClientId(secretText)) return fail(secretProblem.isClientId);
  const parsedSecret = parseSecret(secretText);
  if (!parsedSecret.ok) return parsedSecret;
  return succeed(new Credential(parsedId.value, parsedSecret.value));
}
