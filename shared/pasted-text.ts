const QUOTES = '"\'`“”‘’«»';
// Blanks, also the invisible ones that web pages and chats put around copied text.
const BLANKS = '\\s\\u200b-\\u200d\\u2060\\ufeff';
const AROUND = new RegExp(`^[${BLANKS}${QUOTES}]+|[${BLANKS}${QUOTES}]+$`, 'g');

/** Takes away what copying adds around a value: blanks, quotes, and a label in front. */
export function withoutSurroundings(pasted: string, label: RegExp): string {
  return pasted.replace(AROUND, '').replace(label, '').replace(AROUND, '');
}
