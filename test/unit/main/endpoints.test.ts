import { describe, expect, it } from 'vitest';
import { parseEndpoints } from '../../../main/endpoints.ts';
import { failureOf, valueOf } from '../results.ts';

describe('the clouds’ addresses', () => {
  it('are Xero’s own, and C1’s that of the credential', () => {
    expect(valueOf(parseEndpoints({}))).toEqual({
      xeroApi: 'https://api.xero.com',
      xeroIdentity: 'https://identity.xero.com',
      xeroLogin: 'https://login.xero.com',
      c1ApiHost: undefined,
    });
  });

  it('can be moved one by one', () => {
    expect(
      valueOf(
        parseEndpoints({
          XERO_API_URL: ' https://gateway.example/xero/ ',
          XERO_LOGIN_URL: '',
          BATON_C1_API_HOST: 'localhost:7443',
        }),
      ),
    ).toEqual({
      xeroApi: 'https://gateway.example/xero',
      xeroIdentity: 'https://identity.xero.com',
      xeroLogin: 'https://login.xero.com',
      c1ApiHost: 'localhost:7443',
    });
  });

  it.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])(
    'may be plain http on this computer: %s',
    (address) => {
      expect(valueOf(parseEndpoints({ XERO_API_URL: address })).xeroApi).toBe(address);
    },
  );

  it.each([
    'http://api.xero.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://192.168.1.7',
    'ftp://localhost',
    'file:///etc/passwd',
    'api.xero.com',
    'not an address',
  ])('may not be %s, and the message names the variable', (address) => {
    for (const variable of ['XERO_API_URL', 'XERO_IDENTITY_URL', 'XERO_LOGIN_URL']) {
      const failure = failureOf(parseEndpoints({ [variable]: address }));
      expect(failure.code).toBe('usage');
      expect(failure.message).toContain(`${variable} must be an https address`);
    }
  });
});
