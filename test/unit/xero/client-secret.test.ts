import { describe, expect, it } from 'vitest';
import { maskSecret, parseClientSecret } from '../../../main/xero/client-secret.ts';
import { CLIENT_ID as C1_CLIENT_ID, makeKey, makeSecret } from '../c1/credentials.ts';
import { failureOf, valueOf } from '../results.ts';
import { CLIENT_ID } from './fake-xero.ts';

const C1_SECRET = makeSecret(makeKey());
const SECRET = 'aB3-xYz_9qW7eRtY1uIoP0lKjHgFdSaZ-4mNbVcXzQwErTy2';
const JWT = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.${'s'.repeat(40)}`;

describe('a pasted client secret', () => {
  it.each([
    ['as it is', SECRET],
    ['with blanks and a line break around it', ` \t${SECRET}\r\n`],
    ['with a blank that nobody sees', `\u200b${SECRET}\ufeff`],
    ['in quotes', `"${SECRET}"`],
    ['in a chat’s quotes', `“${SECRET}”`],
    ['with the label of the portal', `Client secret 1: ${SECRET}`],
    ['with the label on a line of its own', `Client secret\n${SECRET}`],
    ['as a line of a manifest', `BATON_XERO_CLIENT_SECRET="${SECRET}"`],
    ['as a line of a shell', `export XERO_CLIENT_SECRET='${SECRET}'`],
  ])('is taken %s', (_how, pasted) => {
    expect(valueOf(parseClientSecret(pasted))).toBe(SECRET);
  });

  it.each([
    ['of another length', SECRET.slice(0, 40)],
    ['of other characters', `${SECRET.slice(0, 46)}+/`],
  ])('is given the benefit of the doubt when it is %s', (_what, secret) => {
    expect(valueOf(parseClientSecret(secret))).toBe(secret);
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['blanks', ' \n ', 'is empty'],
    ['quotes alone', '""', 'is empty'],
    ['cut off', SECRET.slice(0, 31), 'cut off: 31 characters'],
    [
      'with a blank inside',
      `${SECRET.slice(0, 20)} ${SECRET.slice(20)}`,
      'a blank or a line break',
    ],
    ['broken in two lines', `${SECRET.slice(0, 20)}\n${SECRET.slice(20)}`, 'a line break inside'],
    ['a client ID', CLIENT_ID, 'a client ID, not the client secret'],
    ['a client ID with its label', `Client id: ${CLIENT_ID}`, 'a client ID, not'],
    ['a client ID as a UUID', '01234567-89ab-cdef-0123-456789abcdef', 'a client ID, not'],
    ['a C1 secret', C1_SECRET, 'a C1 client secret'],
    ['a C1 client ID', C1_CLIENT_ID, 'a C1 client ID'],
    ['a redirect URI', 'http://localhost:21741/callback', 'an address'],
    ['an access token', JWT, 'a token'],
    ['an access token of a header', `Bearer ${JWT}`, 'a token'],
    ['both, on two lines', `${CLIENT_ID}\n${SECRET}`, 'Two values'],
    ['both, with labels', `Client id: ${CLIENT_ID}\r\nClient secret: ${SECRET}`, 'Two values'],
    ['both, the other way round', `${SECRET} ${CLIENT_ID}`, 'Two values'],
    ['the portal’s dots', '••••••••••••••••••••', 'the dots that stand for the secret'],
    ['asterisks', '********************************', 'the dots that stand for'],
    ['text in another alphabet', 'я'.repeat(48), 'holds characters that none has'],
    ['a page of text', 'x'.repeat(300), 'too long'],
  ])('is refused, with the fix, when it is %s', (_what, pasted, says) => {
    const failure = failureOf(parseClientSecret(pasted));
    expect(failure).toMatchObject({ code: 'xeroSecretInvalid', next: 'tryAgain' });
    expect(failure.message).toContain(says);
    expect(failure.message).toMatch(/Copy the client secret when|Here goes the client secret/);
    expect(failure.message).not.toContain(SECRET.slice(0, 12));
  });

  it('is shown by its length and its last four characters alone', () => {
    expect(maskSecret(SECRET)).toBe('…rTy2 (48 characters)');
  });
});
