import { describe, expect, it } from 'vitest';
import { connectAnotherOf, connectionsOf } from '../../../renderer/parts/connect-another.ts';
import {
  ben,
  custom,
  demo,
  failed,
  harbour,
  manyOrganisations,
  signedIn,
} from '../../e2e/screens/data.ts';
import { failures } from '../../e2e/screens/failures.ts';

const ana = signedIn([harbour, demo]);
const four = signedIn(manyOrganisations.slice(0, 4));

describe('The connections of an app', () => {
  it('are counted over all that signed in with it, each organisation once, practices too', () => {
    const sameApp = { ...ben, clientId: ana.clientId, organisations: [harbour], leftOut: 2 };
    expect(connectionsOf([ana, sameApp, custom], ana)).toBe(4);
  });

  it('aren’t those that Xero lists no more', () => {
    expect(connectionsOf([ana], ana)).toBe(2);
    const gone = signedIn([failed(harbour, failures.missing), demo]);
    expect(connectionsOf([gone], gone)).toBe(1);
  });
});

describe('Connecting another organisation', () => {
  it('goes straight to Xero with one sign-in that has room', () => {
    expect(connectAnotherOf([four])).toEqual({ kind: 'straight', signIn: four });
  });

  it('stops before the browser where Xero’s free tier is full', () => {
    const full = { ...four, leftOut: 1 };
    expect(connectAnotherOf([full])).toEqual({ kind: 'ask', signIns: [full] });
  });

  it('asks through which of several sign-ins, never through a custom connection', () => {
    expect(connectAnotherOf([ana, ben, custom])).toEqual({ kind: 'ask', signIns: [ana, ben] });
    expect(connectAnotherOf([ana, custom]).kind).toBe('straight');
  });

  it('isn’t offered with custom connections alone, or with nobody signed in', () => {
    expect(connectAnotherOf([custom])).toEqual({ kind: 'none' });
    const out = { ...ana, state: { kind: 'needsSignIn', because: failures.signedOut } } as const;
    expect(connectAnotherOf([out])).toEqual({ kind: 'none' });
  });
});
