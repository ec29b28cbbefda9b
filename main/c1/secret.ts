import { createPrivateKey, createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { secretProblem } from './errors.ts';

/** A Client secret, taken apart. Holds the key: stays inside the credential. */
export interface Secret {
  readonly text: string;
  /** The part before the key, for showing; nothing when it isn't the usual one. */
  readonly prefix: string;
  readonly key: Key;
}

/** An Ed25519 private key as a JWK; most have no `kid`. */
type Key = z.infer<typeof Key>;
const Key = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string().nullish(),
});

/** The end of the public half: enough to tell two secrets apart, and no part of the key. */
export function maskSecret({ prefix, key }: Secret): string {
  return `${prefix}…${key.x.slice(-4)}`;
}

const USUAL_PREFIX = 'secret-token:conductorone.com:v1:';
const BASE64URL = /^[A-Za-z0-9_-]*$/;
const KEY_BYTES = 32;

/**
 * Reads `a:b:v1:<base64url of a JWK, without padding>` (c1-protocol.md §1.2): four parts, the
 * third `v1`, an Ed25519 private key with both halves.
 */
export function parseSecret(text: string): Result<Secret> {
  if (text === '') return fail(secretProblem.empty);
  if (/\s/u.test(text)) return fail(secretProblem.spaced);
  const parts = text.split(':');
  const encoded = parts.slice(3).join(':');
  if (encoded === '') return fail(whichEndIsMissing(text, parts));
  if (parts[2] !== 'v1') return fail(secretProblem.wrongVersion);
  if (!BASE64URL.test(encoded)) return fail(secretProblem.damaged);
  const key = parseKey(encoded);
  if (!key.ok) return key;
  return succeed({
    text,
    prefix: text.startsWith(USUAL_PREFIX) ? USUAL_PREFIX : '',
    key: key.value,
  });
}

/** A key always begins with `{"`, which is `eyJ` in base64url. */
function whichEndIsMissing(text: string, parts: readonly string[]): Failure {
  if (parts.at(-1)?.startsWith('eyJ') === true) return secretProblem.noBeginning;
  return USUAL_PREFIX.startsWith(text) || parts.length > 2
    ? secretProblem.noEnd
    : secretProblem.notOurs;
}

function parseKey(encoded: string): Result<Key> {
  const json = Buffer.from(encoded, 'base64url').toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return fail(
      '{'.startsWith(json.slice(0, 1)) ? cutOff(encoded.length, json) : secretProblem.damaged,
    );
  }
  // The official parser takes no name twice; JSON.parse would take the last.
  if (encoded.length % 4 === 1 || hasNameTwice(json)) return fail(secretProblem.damaged);
  const key = Key.safeParse(parsed);
  if (!key.success) return fail(whyNoKey(parsed));
  return isWhole(key.data) ? succeed(key.data) : fail(secretProblem.damaged);
}

const AnyKey = z.object({
  kty: z.string(),
  crv: z.string().optional(),
  d: z.unknown().optional(),
});

function whyNoKey(parsed: unknown): Failure {
  const key = AnyKey.safeParse(parsed);
  if (!key.success) return secretProblem.notOurs;
  const { kty, crv, d } = key.data;
  if (kty !== 'OKP' || crv !== 'Ed25519') return secretProblem.wrongKey;
  return d === undefined ? secretProblem.publicKey : secretProblem.damaged;
}

/** Whether both halves are there in full and belong together; a wrong pair could only sign badly. */
function isWhole({ x, d }: Key): boolean {
  for (const half of [x, d]) {
    if (!BASE64URL.test(half) || Buffer.from(half, 'base64url').length !== KEY_BYTES) return false;
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d };
  try {
    return (
      createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' })).export({ format: 'jwk' }).x ===
      x
    );
  } catch {
    return false;
  }
}

/** How the rest of a key goes on after `"x":"`; C1 writes `x`, then `d`, then nothing. */
const REST_OF_KEY = `${'·'.repeat(43)}","d":"${'·'.repeat(43)}"}`;

/** Says how many characters are missing where the key's own shape tells it, else that the end is. */
function cutOff(length: number, json: string): Failure {
  const start = json.indexOf('"x":"');
  if (start === -1) return secretProblem.noEnd;
  const have = json.slice(start + 5).replace(/\ufffd+$/, '');
  const asExpected = Array.from(have).every((character, index) => {
    const expected = REST_OF_KEY[index];
    return expected === '·' ? BASE64URL.test(character) : character === expected;
  });
  if (!asExpected) return secretProblem.noEnd;
  const whole = Buffer.byteLength(json.slice(0, start + 5)) + REST_OF_KEY.length;
  return secretProblem.short(Math.ceil((whole * 4) / 3) - length);
}

function hasNameTwice(json: string): boolean {
  const names = [...json.matchAll(/"((?:[^"\\]|\\.)*)"\s*(:?)/g)]
    .filter(([, , colon]) => colon === ':')
    .map(([, name]) => name);
  return new Set(names).size !== names.length;
}
