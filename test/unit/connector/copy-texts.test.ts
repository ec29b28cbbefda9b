import { describe, expect, it } from 'vitest';
import { copyText, signInAddress } from '../../../main/connector/copy-texts.ts';
import { CLIENT_ID } from '../xero/fake-xero.ts';
import { C1, organisation, signIn, snapshot, trouble, waiting } from './snapshots.ts';

const FIRST = trouble({ code: 'xeroForbidden', detail: 'Xero answered 403, correlation id b3c8' });
const SECOND = trouble({ code: 'c1Unreachable', detail: 'ECONNREFUSED' });
const broken = snapshot({
  xero: [signIn({ organisations: [organisation({ state: { kind: 'failed', because: FIRST } })] })],
  c1: { kind: 'offline', credential: C1, because: SECOND },
  sync: { kind: 'failed', at: 1, for: 'look', because: FIRST },
});

describe('what a copy button puts on the clipboard', () => {
  it('is what is to be registered at Xero, letter by letter', () => {
    expect(copyText('redirectUris', snapshot())).toBe(
      [
        'http://localhost:21741/callback',
        'http://localhost:26353/callback',
        'http://localhost:31547/callback',
      ].join('\n'),
    );
    expect(copyText('redirectUri1', snapshot())).toBe('http://localhost:21741/callback');
    expect(copyText('redirectUri2', snapshot())).toBe('http://localhost:26353/callback');
    expect(copyText('redirectUri3', snapshot())).toBe('http://localhost:31547/callback');
    expect(copyText('scopes', snapshot())).toBe(
      'openid profile email offline_access accounting.settings.read',
    );
    expect(copyText('customScope', snapshot())).toBe('accounting.settings.read');
  });

  it('is the client ID in use', () => {
    expect(copyText('xeroClientId', snapshot())).toBe(CLIENT_ID);
    expect(copyText('xeroClientId', snapshot({ xero: [] }))).toBeNull();
    const underWay = signIn({ id: 'sign-in-2', clientId: 'F'.repeat(32), state: waiting() });
    expect(copyText('xeroClientId', snapshot({ xero: [underWay, signIn()] }))).toBe('F'.repeat(32));
  });

  it('is the address that waits in the browser, and only while it waits', () => {
    const address = 'https://login.xero.com/identity/connect/authorize?state=s';
    const open = snapshot({ xero: [signIn(), signIn({ id: 'sign-in-2', state: waiting() })] });
    expect(copyText('signInAddress', open)).toBe(address);
    expect(signInAddress(open)).toBe(address);
    expect(copyText('signInAddress', snapshot())).toBeNull();
  });

  it('is C1’s steps for a colleague, who is warned about the secret', () => {
    const steps = copyText('c1Steps', snapshot()) ?? '';
    expect(steps).toContain('Rotate');
    expect(steps).toContain('C1 shows the secret once');
    expect(steps).not.toMatch(/please|!/i);
  });

  it('is what is wrong now, once each, for support, without people and organisations', () => {
    const details = copyText('failureDetails', broken);
    expect(details?.split('\n')).toEqual([
      'C1 Connector for Xero 0.1.0, Electron 45.4.1, linux',
      'xeroForbidden: Xero answered 403, correlation id b3c8',
      'c1Unreachable: ECONNREFUSED',
    ]);
    expect(details).not.toMatch(/Ana|Harbour|@/);
  });

  it('is the one failure whose details are asked for', () => {
    expect(copyText('failureDetails', broken, 'c1Unreachable')?.split('\n')).toEqual([
      'C1 Connector for Xero 0.1.0, Electron 45.4.1, linux',
      'c1Unreachable: ECONNREFUSED',
    ]);
    expect(copyText('failureDetails', broken, 'diskFull')).toBeNull();
  });

  it('includes why a sign-in ended', () => {
    const because = trouble({ detail: 'invalid_grant' });
    const lost = snapshot({ xero: [signIn({ state: { kind: 'needsSignIn', because } })] });
    expect(copyText('failureDetails', lost)).toContain('xeroSignedOut: invalid_grant');
    const never = snapshot({ xero: [signIn({ state: { kind: 'signedOut', because } })] });
    expect(copyText('failureDetails', never)).toContain('xeroSignedOut: invalid_grant');
  });

  it('is nothing when nothing is wrong', () => {
    expect(copyText('failureDetails', snapshot())).toBeNull();
  });
});
