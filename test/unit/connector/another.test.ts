import { describe, expect, it } from 'vitest';
import { newOrganisations, toldWithLimit, wasSignedIn } from '../../../main/connector/another.ts';
import { signedOut, signInRefused, signInTimedOut } from '../../../main/xero/errors.ts';
import type { Organisation } from '../../../shared/snapshot.ts';
import { FARM, HARBOUR, organisation, signIn, snapshot } from './snapshots.ts';

const connection = (tenantId: string) => ({ id: 'c', tenantId, name: 'An organisation' });
const many = (count: number): readonly Organisation[] =>
  Array.from({ length: count }, (_, number) => organisation({ id: `org-${number}` }));

describe('another consent', () => {
  it('is for what no sign-in had before, in any case of its id', () => {
    const before = snapshot({ xero: [signIn(), signIn({ id: 'sign-in-2', organisations: [] })] });
    const listed = [connection(HARBOUR.toUpperCase()), connection(FARM)];
    expect(newOrganisations(before, listed)).toEqual([FARM]);
  });

  it('is for another organisation where the sign-in was well, and to sign in again where not', () => {
    const needs = { kind: 'needsSignIn', because: signedOut() } as const;
    expect(wasSignedIn(snapshot(), 'sign-in-1')).toBe(true);
    expect(wasSignedIn(snapshot({ xero: [signIn({ state: needs })] }), 'sign-in-1')).toBe(false);
    expect(wasSignedIn(snapshot(), 'another')).toBe(false);
  });
});

describe('a sign-in that Xero never answered', () => {
  const told = (...xero: Parameters<typeof signIn>[0][]) =>
    toldWithLimit(signInTimedOut, snapshot({ xero: xero.map(signIn) }), 'sign-in-1').message;

  it('is told with the ceiling where the app has five connections, practices among them', () => {
    expect(told({ organisations: many(5) })).toContain('5 connections');
    expect(told({ organisations: many(4), leftOut: 1 })).toContain('5 connections');
    expect(told({ organisations: many(3) }, { id: 'b', organisations: many(2) })).toContain(
      'free tier takes 5',
    );
  });

  it('is told without it where the app has fewer, whatever other apps have', () => {
    expect(told({ organisations: many(4) })).toBe(signInTimedOut.message);
    expect(
      told({ organisations: many(4) }, { id: 'b', clientId: 'x', organisations: many(9) }),
    ).toBe(signInTimedOut.message);
  });

  it('is no other failure', () => {
    const full = snapshot({ xero: [signIn({ organisations: many(5) })] });
    const failure = signedOut();
    expect(toldWithLimit(failure, full, 'sign-in-1')).toBe(failure);
  });
});

describe('a refusal on the redirect', () => {
  it.each([
    ['connection_limit_reached', undefined],
    ['server_error', 'The connection limit of this app is reached'],
  ])('%s (%s) is the ceiling where Xero says so', (error, description) => {
    expect(signInRefused(error, description).code).toBe('connectionLimit');
  });

  it('is any other otherwise', () => {
    expect(signInRefused('server_error', 'Try the connection again').code).toBe('signInRefused');
  });
});
