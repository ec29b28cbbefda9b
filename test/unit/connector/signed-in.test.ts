import { describe, expect, it } from 'vitest';
import { isSignedIn } from '../../../main/connector/signed-in.ts';

const KEPT = [
  { who: null },
  { who: { name: 'Ana Reyes', email: 'ana@harbour.example' }, userId: 'g-ana' },
];

describe('somebody’s own access', () => {
  it('is known by Xero’s id of the person, under whatever address', () => {
    expect(isSignedIn({ personId: 'g-ana', email: 'reyes@harbour.example' }, KEPT)).toBe(true);
  });

  it('is known by the address, in any case', () => {
    expect(isSignedIn({ personId: null, email: 'Ana@Harbour.example' }, KEPT)).toBe(true);
  });

  it('isn’t anybody else’s, nor that of somebody of whom nothing is known', () => {
    expect(isSignedIn({ personId: 'g-ben', email: 'ben@harbour.example' }, KEPT)).toBe(false);
    expect(isSignedIn({ personId: null, email: null }, KEPT)).toBe(false);
  });
});
