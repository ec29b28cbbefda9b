import { withoutSurroundings } from '../../shared/pasted-text.ts';

/** What was pasted in place of the value that a field is for. */
export type MixUp = 'clientIdOfC1' | 'secretOfC1' | 'address' | 'token' | 'masked' | 'both';

const LABEL =
  /^(?:export\s+)?(?:(?:BATON_)?XERO_CLIENT_(?:ID|SECRET)|--xero-client-(?:id|secret)|(?:xero\s+)?client[ _-]?(?:id|secret)(?:[ _-]?\d)?)["']?\s*[:=\s]/i;

/** The value without the label, quotes and blanks that copying put around it. */
export function bareValue(pasted: string): string {
  return withoutSurroundings(pasted, LABEL);
}

/** A client ID in plain form, whatever stands between its characters; null for anything else. */
export function plainClientId(text: string): string | null {
  const id = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[0-9A-F]{32}$/.test(id) ? id : null;
}

/** What the value is instead, where that is certain; else null. */
export function mixUpIn(value: string): MixUp | null {
  if (/secret-token:|:v1:/.test(value)) return 'secretOfC1';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return 'address';
  if (/^[^@\s]+@[^@\s]+$/.test(value)) return 'clientIdOfC1';
  // A JSON Web Token begins with `{"`, which is `eyJ` in base64url.
  if (/^(?:Bearer\s+)?eyJ[\w-]+\.[\w-]+\./i.test(value)) return 'token';
  if (/^[\s•●∙·*.…]+$/.test(value) && value !== '') return 'masked';
  return holdsTwo(value) ? 'both' : null;
}

/** A client ID with something else before or after it. */
function holdsTwo(value: string): boolean {
  const pieces = value.split(/[\s,;:=]+/).map(bareValue);
  return plainClientId(value) === null && pieces.some((piece) => plainClientId(piece) !== null);
}
