import { describe, expect, it } from 'vitest';
import { mayOpen, pageAddress } from '../../../main/connector/pages.ts';
import { parseEndpoints } from '../../../main/endpoints.ts';
import type { C1State } from '../../../shared/snapshot.ts';
import { valueOf } from '../results.ts';
import { C1, signIn, snapshot, trouble, waiting } from './snapshots.ts';

const endpoints = valueOf(parseEndpoints({}));
const because = trouble();
const may = (address: string, shown = snapshot()) => mayOpen(new URL(address), shown, endpoints);

describe('a page that the window asks for', () => {
  it('is Xero’s page of apps', () => {
    expect(pageAddress('xeroApps', snapshot())).toBe('https://developer.xero.com/app/manage');
  });

  it('is the sign-in that is under way', () => {
    const open = snapshot({ xero: [signIn({ state: waiting() })] });
    expect(pageAddress('signIn', open)).toMatch(/^https:\/\/login\.xero\.com\//);
    expect(pageAddress('signIn', snapshot())).toBeNull();
  });

  it('is C1’s, once that host has accepted the credential', () => {
    expect(pageAddress('c1Tenant', snapshot())).toBe('https://acme.conductor.one/');
  });

  it.each<C1State>([
    { kind: 'none', because: null },
    { kind: 'verifying', credential: C1, step: 'credential' },
    { kind: 'rejected', credential: C1, because },
    { kind: 'offline', credential: C1, because },
  ])('is not C1’s while it is $kind', (c1) => {
    expect(pageAddress('c1Tenant', snapshot({ c1 }))).toBeNull();
    expect(may('https://acme.conductor.one/', snapshot({ c1 }))).toBe(false);
  });
});

describe('the browser', () => {
  it.each([
    'https://developer.xero.com/app/manage',
    'https://login.xero.com/identity/connect/authorize?client_id=x',
    'https://acme.conductor.one/connectors',
  ])('may be sent to %s', (address) => {
    expect(may(address)).toBe(true);
  });

  it.each([
    'http://login.xero.com/',
    'https://login.xero.com.evil.example/',
    'https://login.xero.com:8443/',
    'https://evil.example/?https://login.xero.com/',
    'https://login.xero.com@evil.example/',
    'https://other.conductor.one/',
    'blob:https://login.xero.com/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
  ])('may not be sent to %s', (address) => {
    expect(may(address)).toBe(false);
  });
});
