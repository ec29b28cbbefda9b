import { describe, expect, it } from 'vitest';
import { previewXeroApp, readXeroApp } from '../../../main/xero/pasted-app.ts';
import { failureOf, valueOf } from '../results.ts';
import { CLIENT_ID } from './fake-xero.ts';

const SECRET = 'aB3-xYz_9qW7eRtY1uIoP0lKjHgFdSaZ-4mNbVcXzQwErTy2';

describe('a pasted Xero app', () => {
  it('of a desktop has a client ID and no secret', () => {
    const pasted = { kind: 'desktop', clientId: ` ${CLIENT_ID.toLowerCase()} ` } as const;
    expect(valueOf(readXeroApp(pasted))).toEqual({ kind: 'desktop', clientId: CLIENT_ID });
    expect(valueOf(previewXeroApp(pasted))).toEqual({ clientId: CLIENT_ID, maskedSecret: null });
  });

  it.each(['web', 'custom'] as const)('of kind %s has both, and shows one', (kind) => {
    const pasted = { kind, clientId: `Client id: ${CLIENT_ID}`, secret: `'${SECRET}'\n` };
    expect(valueOf(readXeroApp(pasted))).toEqual({
      kind,
      clientId: CLIENT_ID,
      clientSecret: SECRET,
    });
    const preview = valueOf(previewXeroApp(pasted));
    expect(preview).toEqual({ clientId: CLIENT_ID, maskedSecret: '…rTy2 (48 characters)' });
    expect(JSON.stringify(preview)).not.toContain(SECRET.slice(0, -4));
  });

  it.each([
    ['a wrong client ID', 'abc', SECRET, 'xeroClientIdInvalid', '32 letters'],
    ['a wrong secret', CLIENT_ID, 'abc', 'xeroSecretInvalid', 'cut off'],
    ['both wrong', 'abc', 'abc', 'xeroClientIdInvalid', '32 letters'],
    ['both swapped', SECRET, CLIENT_ID, 'xeroClientIdInvalid', 'each other’s field'],
    ['the client ID twice', CLIENT_ID, CLIENT_ID.toLowerCase(), 'xeroSecretInvalid', 'The same'],
    ['the secret twice', SECRET, SECRET, 'xeroClientIdInvalid', 'looks like the client secret'],
    ['another client ID as secret', CLIENT_ID, 'F'.repeat(32), 'xeroSecretInvalid', 'a client ID'],
  ])('is refused by the field that is wrong: %s', (_what, clientId, secret, code, says) => {
    const failure = failureOf(readXeroApp({ kind: 'web', clientId, secret }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(says);
    expect(previewXeroApp({ kind: 'custom', clientId, secret })).toEqual({ ok: false, failure });
  });
});
