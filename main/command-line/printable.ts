const LONGEST_TEXT = 80;

/** A text of a file, so that it can't command the terminal or fill it. */
export function printable(text: string): string {
  const clean = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}…` : clean;
}
