import { withoutSurroundings } from '../../shared/pasted-text.ts';

/** What people's copying adds around a value, and what it mixes up. */

const LINE_BREAK = /[^\S\r\n]*[\r\n]+[^\S\r\n]*/g;
const LABEL =
  /^(?:export\s+)?(?:BATON_CLIENT_(?:ID|SECRET)|--client-(?:id|secret)|client[ _-]?(?:id|secret))["']?\s*[:=\s]/i;

/**
 * Takes away only what copying adds: blanks and quotes around, line breaks inside, and a label in
 * front such as `BATON_CLIENT_SECRET=`.
 */
export function withoutCopyingMarks(pasted: string): string {
  return withoutSurroundings(pasted.trim().replace(LINE_BREAK, ''), LABEL);
}

/** A Client ID has `@` and no version mark. */
export function looksLikeClientId(text: string): boolean {
  return /^[^@:]+@[^@]+\//.test(text);
}

export function looksLikeSecret(text: string): boolean {
  return text.includes(':v1:') || text.startsWith('secret-token:');
}
