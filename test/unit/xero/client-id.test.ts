import { describe, expect, it } from 'vitest';
import { parseClientId } from '../../../main/xero/client-id.ts';
import { CLIENT_ID as C1_CLIENT_ID, makeKey, makeSecret } from '../c1/credentials.ts';
import { failureOf, valueOf } from '../results.ts';
import { CLIENT_ID } from './fake-xero.ts';

const C1_SECRET = makeSecret(makeKey());
const SECRET = 'aB3-xYz_9qW7eRtY1uIoP0lKjHgFdSaZ-4mNbVcXzQwErTy2';

describe('a pasted Xero client ID', () => {
  it('is taken as it is', () => {
    expect(valueOf(parseClientId(CLIENT_ID))).toBe(CLIENT_ID);
  });

  it.each([
    ['blanks and a line break around it', ` \t${CLIENT_ID}\r\n`],
    ['quotes', `"${CLIENT_ID}"`],
    ['apostrophes', `'${CLIENT_ID}'`],
    ['small letters', CLIENT_ID.toLowerCase()],
    ['hyphens, as a UUID', '01234567-89ab-cdef-0123-456789abcdef'],
    ['a label', `Client id: ${CLIENT_ID}`],
    ['a line of a manifest', `BATON_XERO_CLIENT_ID="${CLIENT_ID}"`],
    ['a line break inside', `${CLIENT_ID.slice(0, 10)}\n${CLIENT_ID.slice(10)}`],
  ])('is forgiven %s', (_what, pasted) => {
    expect(valueOf(parseClientId(pasted))).toBe(CLIENT_ID);
  });

  it.each([
    ['nothing', ''],
    ['half of it', CLIENT_ID.slice(0, 16)],
    ['a character too many', `${CLIENT_ID}A`],
    ['a letter that it can’t hold', `G${CLIENT_ID.slice(1)}`],
    ['something else', 'aB3-xYz_9qW7eRtY1uIoP0lKjHgFdSaZ'],
  ])('is refused when it is %s', (_what, pasted) => {
    expect(failureOf(parseClientId(pasted))).toMatchObject({
      code: 'xeroClientIdInvalid',
      message: expect.stringContaining('Configuration page') as string,
    });
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['C1’s', C1_CLIENT_ID, 'This is a C1 client ID'],
    ['C1’s secret', C1_SECRET, 'a C1 client secret'],
    ['the app’s secret', SECRET, 'looks like the client secret'],
    ['a redirect URI', 'http://localhost:21741/callback', 'an address'],
    ['an access token', `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.${'s'.repeat(40)}`, 'a token'],
    ['the portal’s dots', '••••••••••••', 'the dots'],
    ['both, on two lines', `${CLIENT_ID}\n${SECRET}`, 'Two values'],
    ['both, with labels', `Client id: ${CLIENT_ID}\nClient secret: ${SECRET}`, 'Two values'],
  ])('is told what it is instead, and the fix: %s', (_what, pasted, says) => {
    const failure = failureOf(parseClientId(pasted));
    expect(failure).toMatchObject({ code: 'xeroClientIdInvalid', next: 'tryAgain' });
    expect(failure.message).toContain(says);
    expect(failure.message).toMatch(/client ID/);
  });
});
