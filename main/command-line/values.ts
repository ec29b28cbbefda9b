import { isIP } from 'node:net';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';

/** What flags may be given: each reader takes the flag's name, for its sentence, and the text or null. */

/** Where this computer listens. */
export interface Address {
  readonly port: number;
  readonly bindAddress: string;
}

const DURATION = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const SECOND = 1000;
const LAST_PORT = 65_535;

export function oneOf<const T extends string>(
  flag: string,
  value: string | null,
  allowed: readonly T[],
  otherwise: T,
): Result<T> {
  if (value === null) return succeed(otherwise);
  const found = allowed.find((each) => each === value.toLowerCase());
  return found === undefined
    ? fail(usage(`--${flag} must be ${allowed.join(', ')}; it is "${value}".`))
    : succeed(found);
}

/** On, off, or null for anything else; in the spellings that baton-xero takes. */
export function readOnOff(text: string): boolean | null {
  if (['1', 't', 'true'].includes(text.toLowerCase())) return true;
  return ['0', 'f', 'false'].includes(text.toLowerCase()) ? false : null;
}

export function onOff(flag: string, text: string | null): Result<boolean> {
  const on = text === null ? false : readOnOff(text);
  return on === null ? refuse(flag, 'true or false', text) : succeed(on);
}

export function port(flag: string, text: string | null, otherwise: number): Result<number> {
  if (text === null) return succeed(otherwise);
  const number = Number(text);
  const possible = /^\d+$/.test(text) && number >= 1 && number <= LAST_PORT;
  return possible ? succeed(number) : refuse(flag, `a number from 1 to ${LAST_PORT}`, text);
}

export function bindAddress(flag: string, text: string | null, otherwise: string): Result<string> {
  if (text === null) return succeed(otherwise);
  const possible = isIP(text) !== 0 || text === 'localhost';
  return possible ? succeed(text) : refuse(flag, 'an IP address of this computer', text);
}

/** A length of time such as `90s`, `30m` or `1h30m`, in milliseconds; null where none is given. */
export function duration(
  flag: string,
  text: string | null,
  longest: { readonly words: string; readonly ms: number },
): Result<number | null> {
  if (text === null) return succeed(null);
  const parts = DURATION.exec(text) ?? [];
  const [hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const ms = ((hours * 60 + minutes) * 60 + seconds) * SECOND;
  return ms > 0 && ms <= longest.ms
    ? succeed(ms)
    : refuse(flag, `a length of time such as 30m or 8h, at most ${longest.words}`, text);
}

/** The text without the blanks around it, or undefined when nothing is left. */
export function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

export function usage(message: string): Failure {
  return { code: 'usage', message: `${message} See c1-xero --help.`, next: 'tryAgain' };
}

function refuse(flag: string, allowed: string, text: string | null) {
  return fail(usage(`--${flag} must be ${allowed}; it is "${text ?? ''}".`));
}
