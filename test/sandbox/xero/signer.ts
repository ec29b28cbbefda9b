import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { SandboxLogin } from '../world.ts';
import { ACCESS_LIFE, type Subject } from './grants.ts';

const ID_TOKEN_LIFE = 5 * 60;

export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return { id: randomUUID(), privateKey, publicJwk: await exportJWK(publicKey) };
}

/** Signs the sandbox's tokens with RS256, as Xero does. */
export class TokenSigner {
  readonly #key: SigningKey;
  readonly #issuer: string;
  readonly #now: () => number;

  constructor(key: SigningKey, issuer: string, now: () => number) {
    this.#key = key;
    this.#issuer = issuer;
    this.#now = now;
  }

  keySet(): { readonly keys: readonly JWK[] } {
    return { keys: [{ ...this.#key.publicJwk, kid: this.#key.id, use: 'sig', alg: 'RS256' }] };
  }

  /** Claims as in xero.md §2; names and address only with their scopes. */
  idToken(subject: Subject, login: SandboxLogin, nonce: string | undefined): Promise<string> {
    const name = `${login.firstName} ${login.lastName}`.trim();
    return this.#sign('JWT', ID_TOKEN_LIFE, {
      aud: subject.clientId,
      sub: hashed(login.personId),
      sid: subject.authEventId,
      xero_userid: login.personId,
      ...(nonce !== undefined && { nonce }),
      ...(subject.scope.includes('profile') && {
        name,
        given_name: login.firstName,
        family_name: login.lastName,
        preferred_username: login.email,
      }),
      ...(subject.scope.includes('email') && { email: login.email }),
    });
  }

  accessToken(subject: Subject): Promise<string> {
    return this.#sign('at+jwt', ACCESS_LIFE / 1000, {
      aud: `${this.#issuer}/resources`,
      client_id: subject.clientId,
      jti: randomUUID(),
      scope: subject.scope,
      authentication_event_id: subject.authEventId,
      ...(subject.personId !== null && {
        sub: hashed(subject.personId),
        xero_userid: subject.personId,
      }),
    });
  }

  #sign(typ: string, life: number, claims: Record<string, unknown>): Promise<string> {
    const seconds = Math.floor(this.#now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ, kid: this.#key.id })
      .setIssuer(this.#issuer)
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + life)
      .sign(this.#key.privateKey);
  }
}

function hashed(personId: string): string {
  return createHash('sha256').update(personId).digest('hex').slice(0, 32);
}
