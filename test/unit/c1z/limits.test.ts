import { describe, expect, it } from 'vitest';
import { fitting, isEmail } from '../../../main/c1z/limits.ts';

describe('a text that must fit', () => {
  it('stays when it fits', () => {
    expect(fitting('Müller', 7)).toBe('Müller');
  });

  it('is cut where a character ends', () => {
    expect(fitting('Müller', 2)).toBe('M');
    expect(fitting('a😀b', 4)).toBe('a');
    expect(fitting('a😀b', 5)).toBe('a😀');
    expect(Buffer.byteLength(fitting('陈'.repeat(1000), 1024))).toBe(1023);
  });
});

describe('an e-mail address', () => {
  it.each([
    'ana@harbour.example',
    "o'neil+xero@sub.mail.example",
    'a.b@localhost',
    'josé@firm.example',
  ])('is %s', (address) => expect(isEmail(address)).toBe(true));

  it.each([
    'ana',
    '@harbour.example',
    'ana@',
    'ana@@harbour.example',
    'ana reyes@harbour.example',
    '.ana@harbour.example',
    'ana@harbour..example',
    'ana@-harbour.example',
    'ana@härbour.example',
    'ana@harbour.example.',
    `${'a'.repeat(65)}@harbour.example`,
    `ana@${'a'.repeat(64)}.example`,
    `ana@${'a.'.repeat(126)}example`,
  ])('is not %s', (address) => expect(isEmail(address)).toBe(false));
});
