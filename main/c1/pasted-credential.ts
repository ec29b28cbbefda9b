import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { CredentialPreview, PastedPart } from '../../shared/intents.ts';
import { USUAL_C1_DOMAIN } from '../../shared/words.ts';
import { parseClientId } from './client-id.ts';
import { clientIdProblem, secretProblem } from './errors.ts';
import { looksLikeClientId, looksLikeSecret } from './paste.ts';
import { maskSecret, parseSecret } from './secret.ts';

/** The two texts of a credential, found in what was pasted but not checked; one not found is empty. */
export interface FoundCredential {
  readonly clientId: string;
  readonly secret: string;
}

/** What stands around and between values, however they were written down. */
const SEPARATORS = /[\s\u200b-\u200d\u2060"'`“”‘’«»,;=<>{}()[\]|]+/;
const PIECE_OF_SECRET = /^[\w-]+$/;
const BASE64 = /^[A-Za-z0-9+/]{12,}$/;
/** The key itself begins with `eyJ`; what is so long and of its letters can be nothing else than a part of it. */
const KEY_WITHOUT_BEGINNING = /^(?:[\w.-]*:)?(?:eyJ[\w-]{20,}|[\w-]{60,})$/;
const ID_WITHOUT_BEGINNING = /^[\w.-]+\.[\w-]+(?::\d+)?\//;
const LABEL_IN_FRONT = /^[^@]*:(?=[^@]*@)/;
/** Into how many pieces a mail or a terminal may have broken one value. */
const MOST_PIECES = 24;

/**
 * Finds the Client ID and the Client secret in anything that was pasted: on lines of their own,
 * with labels or quotes, as environment lines, flags or JSON, as a Kubernetes Secret plain or in
 * base64, in either order. Fails when the text holds two different ones.
 */
export function findCredential(pasted: string): Result<FoundCredential> {
  const found = search(pasted);
  if (found.clientIds.length > 1) return fail(clientIdProblem.several);
  if (found.secrets.length > 1) return fail(secretProblem.several);
  return succeed({ clientId: found.clientIds[0] ?? '', secret: found.secrets[0] ?? '' });
}

/** What the window shows of a pasted credential before anything is sent: never the key. */
export function previewPasted(pasted: string): CredentialPreview {
  const found = search(pasted);
  const id = parseClientId(found.clientIds[0] ?? '');
  const secret = parseSecret(found.secrets[0] ?? '');
  const readable = id.ok && found.clientIds.length === 1;
  return {
    clientId: part(found.clientIds, clientIdProblem.several, id, ({ clientId }) => clientId),
    secret: part(found.secrets, secretProblem.several, secret, maskSecret),
    destination: readable ? { host: id.value.host, unusual: !isUsual(id.value.audience) } : null,
  };
}

/** Whether a host is one of C1's own: any other is confirmed by the admin (product.md §5). */
export function isUsual(audience: string): boolean {
  return audience.toLowerCase().endsWith(USUAL_C1_DOMAIN);
}

function part<T>(
  found: readonly string[],
  several: Failure,
  parsed: Result<T>,
  show: (value: T) => string,
): PastedPart {
  if (found.length === 0) return { kind: 'missing' };
  if (found.length > 1) return { kind: 'wrong', because: several };
  return parsed.ok
    ? { kind: 'understood', shown: show(parsed.value) }
    : { kind: 'wrong', because: parsed.failure };
}

interface Candidates {
  readonly clientIds: readonly string[];
  readonly secrets: readonly string[];
}

function search(pasted: string): Candidates {
  const words = wordsOf(pasted);
  const clientIds = new Set<string>();
  const secrets = new Set<string>();
  const take = (word: string, whole: (word: string) => string) => {
    if (looksLikeSecret(word) || KEY_WITHOUT_BEGINNING.test(word)) secrets.add(whole(word));
    else if (word.includes('@')) clientIds.add(word.replace(LABEL_IN_FRONT, ''));
  };
  words.forEach((word, at) => {
    const decoded = BASE64.test(word) ? decode(words, at) : [];
    if (decoded.length > 0) decoded.forEach((each) => take(each, (same) => same));
    else take(word, (beginning) => wholeSecret(beginning, words.slice(at + 1)));
  });
  return {
    clientIds: narrowed(likeliest(clientIds, words), (id) => parseClientId(id).ok),
    secrets: narrowed([...secrets], (secret) => parseSecret(secret).ok),
  };
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      // What JSON and quoted environment lines write for a slash and a line break.
      .replaceAll('\\/', '/')
      .replaceAll('\\n', '\n')
      // Two pastes one after the other may have nothing between them.
      .replaceAll('secret-token:', '\nsecret-token:')
      .split(SEPARATORS)
      .filter((word) => word !== '')
  );
}

/** Of several, the only whole one: the others are what the admin pasted it again for. */
function narrowed(found: readonly string[], isWhole: (text: string) => boolean): readonly string[] {
  const whole = found.filter(isWhole);
  return whole.length === 1 ? whole : found;
}

/** A Client ID has a slash; an e-mail address beside it hasn't. One cut off is still named. */
function likeliest(found: ReadonlySet<string>, words: readonly string[]): readonly string[] {
  const complete = [...found].filter(looksLikeClientId);
  if (complete.length > 0) return complete;
  if (found.size > 0) return [...found].slice(0, 1);
  return words.filter((word) => ID_WITHOUT_BEGINNING.test(word)).slice(0, 1);
}

/** The secret with what was broken off it by line breaks or blanks, where that makes it whole. */
function wholeSecret(beginning: string, following: readonly string[]): string {
  return joined(beginning, following, PIECE_OF_SECRET, (text) => parseSecret(text).ok) ?? beginning;
}

/** What a Kubernetes Secret holds in base64, when it is a part of a credential; else nothing. */
function decode(words: readonly string[], at: number): readonly string[] {
  const [word = '', ...following] = words.slice(at);
  const isSecret = (text: string) => wordsOf(plain(text)).some((each) => parseSecret(each).ok);
  const text = plain(joined(word, following, BASE64_PIECE, isSecret) ?? word);
  return wordsOf(text).filter((each) => looksLikeSecret(each) || looksLikeClientId(each));
}

const BASE64_PIECE = /^[A-Za-z0-9+/]+$/;

function plain(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** The shortest run of pieces that is whole, or null where none is. */
function joined(
  beginning: string,
  following: readonly string[],
  piece: RegExp,
  isWhole: (text: string) => boolean,
): string | null {
  let text = beginning;
  for (const next of ['', ...following.slice(0, MOST_PIECES)]) {
    if (next !== '' && !piece.test(next)) return null;
    text += next;
    if (isWhole(text)) return text;
  }
  return null;
}
