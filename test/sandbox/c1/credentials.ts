import { createPublicKey, generateKeyPairSync, randomInt, type KeyObject } from 'node:crypto';

/** What an admin copies out of C1 (c1-protocol.md §1). */
export interface CredentialPair {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What C1 keeps of a pair: the public half. */
export interface Credential {
  readonly clientId: string;
  readonly publicKey: KeyObject;
  readonly createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

const ADJECTIVES = ['brave', 'calm', 'eager', 'gentle', 'keen', 'quiet', 'swift', 'witty'] as const;
const ANIMALS = ['otter', 'heron', 'lynx', 'marten', 'puffin', 'robin', 'stoat', 'wren'] as const;

/** The pairs of one connector. A rotation adds one; the earlier ones hold until revoked (c1-protocol.md §7.3). */
export class Credentials {
  readonly #now: () => number;
  readonly #host: string;
  readonly #credentials: Credential[] = [];
  readonly #secrets: string[] = [];

  /** `host` is `<name>:<port>`, as it stands in every client ID. */
  constructor(host: string, now: () => number) {
    this.#host = host;
    this.#now = now;
  }

  rotate(): CredentialPair {
    const { privateKey } = generateKeyPairSync('ed25519');
    const { crv, d, kty, x } = privateKey.export({ format: 'jwk' });
    const clientId = `${this.#freshName()}@${this.#host}/ccc`;
    this.#credentials.push({
      clientId,
      publicKey: createPublicKey(privateKey),
      createdAt: this.#now(),
      lastUsedAt: null,
      revokedAt: null,
    });
    const key = Buffer.from(JSON.stringify({ kty, crv, x, d })).toString('base64url');
    const clientSecret = `secret-token:conductorone.com:v1:${key}`;
    this.#secrets.push(clientSecret, d ?? '');
    return { clientId, clientSecret };
  }

  /** Every secret handed out, and beside it the private key in it, for tests that search for them elsewhere. */
  secrets(): readonly string[] {
    return this.#secrets;
  }

  /** False when there's no such credential that still holds. */
  revoke(clientId: string): boolean {
    const credential = this.active(clientId);
    if (credential !== undefined) credential.revokedAt = this.#now();
    return credential !== undefined;
  }

  active(clientId: string): Credential | undefined {
    return this.#credentials.find((one) => one.clientId === clientId && one.revokedAt === null);
  }

  all(): readonly Readonly<Credential>[] {
    return this.#credentials;
  }

  #freshName(): string {
    const pick = (words: readonly string[]) => words[randomInt(words.length)] ?? '';
    return `${pick(ADJECTIVES)}-${pick(ANIMALS)}-${randomInt(10_000, 100_000)}`;
  }
}
