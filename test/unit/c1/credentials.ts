import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { Credential, parseCredential } from '../../../main/c1/credential.ts';

export const CLIENT_ID = 'sneaky-otter-12345@acme.conductor.one/ccc';

export interface KeyParts {
  readonly x: string;
  readonly d: string;
}

/** A fresh Ed25519 key as the two halves of a JWK. */
export function makeKey(): KeyParts {
  return z
    .object({ x: z.string(), d: z.string() })
    .parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
}

/** A secret around any JSON, in the shape that C1 shows. */
export function secretAround(jwk: unknown): string {
  const json = typeof jwk === 'string' ? jwk : JSON.stringify(jwk);
  return `secret-token:conductorone.com:v1:${Buffer.from(json).toString('base64url')}`;
}

/** A secret as C1 writes it: `kty, crv, x, d` and perhaps a `kid`. */
export function makeSecret(key: KeyParts, more: Record<string, unknown> = {}): string {
  return secretAround({ kty: 'OKP', crv: 'Ed25519', x: key.x, d: key.d, ...more });
}

export function makeCredential(clientId: string, secret: string): Credential {
  const parsed = parseCredential(clientId, secret);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}
