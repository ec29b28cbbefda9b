import { randomBytes, randomUUID } from 'node:crypto';

/** On whose behalf a token speaks. */
export interface Subject {
  readonly clientId: string;
  /** Null for a custom connection, which has no person. */
  readonly personId: string | null;
  readonly scope: readonly string[];
  readonly authEventId: string;
}

export interface CodeGrant {
  readonly subject: Subject;
  readonly redirectUri: string;
  /** The S256 challenge, or undefined for a web app that sent none. */
  readonly challenge: string | undefined;
  readonly nonce: string | undefined;
}

export interface AccessGrant {
  readonly subject: Subject;
  expiresAt: number;
}

interface RefreshGrant {
  readonly subject: Subject;
  /** The sign-in it stems from; revoking one token revokes them all. */
  readonly family: string;
  issuedAt: number;
  /** When it was first exchanged for its successor, or null. */
  replacedAt: number | null;
}

const MINUTE = 60_000;
const CODE_LIFE = 5 * MINUTE;
const REFRESH_LIFE = 60 * 24 * 60 * MINUTE;
/** A replaced refresh token can be used again for so long, in case the answer was lost (xero.md §2). */
const GRACE = 30 * MINUTE;
export const ACCESS_LIFE = 30 * MINUTE;

/** Codes and tokens that the sandbox's Xero has given out. */
export class Grants {
  readonly #codes = new Map<string, CodeGrant & { readonly expiresAt: number }>();
  readonly #refresh = new Map<string, RefreshGrant>();
  readonly #access = new Map<string, AccessGrant>();
  /** Every secret that was ever made here, the spent ones too. */
  readonly #issued: string[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issueCode(grant: CodeGrant): string {
    const code = this.#secret();
    this.#codes.set(code, { ...grant, expiresAt: this.#now() + CODE_LIFE });
    return code;
  }

  /** A code works once and for five minutes; a failed try spends it too. */
  takeCode(code: string): CodeGrant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    return grant !== undefined && this.#now() < grant.expiresAt ? grant : undefined;
  }

  issueRefreshToken(subject: Subject, family: string = randomUUID()): string {
    const token = this.#secret();
    const issuedAt = this.#now();
    this.#refresh.set(token, { subject, family, issuedAt, replacedAt: null });
    return token;
  }

  /** Exchanges a refresh token for its successor, or undefined when it is no longer good. */
  rotate(token: string, clientId: string): { subject: Subject; token: string } | undefined {
    const grant = this.#refresh.get(token);
    const now = this.#now();
    if (grant?.subject.clientId !== clientId || now >= grant.issuedAt + REFRESH_LIFE) {
      return undefined;
    }
    if (grant.replacedAt !== null && now >= grant.replacedAt + GRACE) return undefined;
    grant.replacedAt ??= now;
    const { subject, family } = grant;
    return { subject, token: this.issueRefreshToken(subject, family) };
  }

  /** Whether a refresh token has a successor, so that it works in the grace alone. */
  isReplaced(token: string): boolean {
    return (this.#refresh.get(token)?.replacedAt ?? null) !== null;
  }

  /** Revokes a refresh token with all that stem from its sign-in; says whose it was. */
  revoke(token: string, clientId: string): Subject | undefined {
    const grant = this.#refresh.get(token);
    if (grant?.subject.clientId !== clientId) return undefined;
    for (const [other, { family }] of this.#refresh) {
      if (family === grant.family) this.#refresh.delete(other);
    }
    return grant.subject;
  }

  recordAccessToken(token: string, subject: Subject): void {
    this.#access.set(token, { subject, expiresAt: this.#now() + ACCESS_LIFE });
    this.#issued.push(token);
  }

  /** Every code and token ever given, for tests that search for them elsewhere. */
  issued(): readonly string[] {
    return this.#issued;
  }

  accessGrant(token: string): AccessGrant | undefined {
    return this.#access.get(token);
  }

  expireAccessTokens(): void {
    for (const grant of this.#access.values()) grant.expiresAt = this.#now();
  }

  /** Makes every refresh token older by so many milliseconds. */
  ageRefreshTokens(by: number): void {
    for (const grant of this.#refresh.values()) {
      grant.issuedAt -= by;
      if (grant.replacedAt !== null) grant.replacedAt -= by;
    }
  }

  #secret(): string {
    const secret = randomBytes(32).toString('base64url');
    this.#issued.push(secret);
    return secret;
  }
}
