import { describe, expect, it } from 'vitest';
import { parseClientId } from '../../../main/xero/client-id.ts';
import { CLIENT_ID as C1_CLIENT_ID } from '../c1/credentials.ts';
import { failureOf, valueOf } from '../results.ts';
import { CLIENT_ID } from './fake-xero.ts';

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
    ['a line break inside', `${CLIENT_ID.slice(0, 10)}\n${CLIENT_ID.slice(10)}`],
  ])('is forgiven %s', (_what, pasted) => {
    expect(valueOf(parseClientId(pasted))).toBe(CLIENT_ID);
  });

  it.each([
    ['nothing', ''],
    ['half of it', CLIENT_ID.slice(0, 16)],
    ['a character too many', `${CLIENT_ID}A`],
    ['a letter that it can’t hold', `G${CLIENT_ID.slice(1)}`],
    ['a Xero client secret', 'aB3-xYz_9qW7eRtY1uIoP0lKjHgFdSaZ'],
  ])('is refused when it is %s', (_what, pasted) => {
    expect(failureOf(parseClientId(pasted))).toMatchObject({
      code: 'xeroClientIdInvalid',
      message: expect.stringContaining('Configuration page') as string,
    });
  });

  it('is told apart from C1’s', () => {
    expect(failureOf(parseClientId(C1_CLIENT_ID)).message).toContain('This is a C1 client ID');
  });
});
