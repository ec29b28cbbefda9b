import { describe, expect, it } from 'vitest';
import { unusualStatus } from '../../../main/access/organisations.ts';
import { farm, FARM, harbour, HARBOUR, model, organisation, user } from './build.ts';

const withStatus = (id: string, name: string, status: string | null) => ({
  organisation: organisation({ id, name, status }),
  users: [user()],
});
const warned = (...accesses: Parameters<typeof model>[0]) =>
  model(accesses).warnings.filter(({ code }) => code === 'organisationInactive');

describe('an organisation that Xero doesn’t call active', () => {
  it('is synced as usual, and reviewers are told Xero’s own word', () => {
    const suspended = withStatus(HARBOUR, 'Harbour Books', 'SUSPENDED');
    expect(model([suspended]).grants).not.toEqual([]);
    const [warning] = warned(suspended, farm(user()));
    expect(warning?.count).toBe(1);
    expect(warning?.message).toContain('Harbour Books is “SUSPENDED”, not active');
  });

  it('is told once for each word', () => {
    const warnings = warned(
      withStatus(HARBOUR, 'Harbour Books', 'SUSPENDED'),
      withStatus(FARM, 'Hillside Farm', 'SUSPENDED'),
      withStatus('org-3', 'Seaside Inn', 'PENDING'),
    );
    expect(warnings.map(({ count }) => count)).toEqual([1, 2]);
    expect(warnings[1]?.message).toContain('Harbour Books and Hillside Farm');
  });

  it('isn’t one that is active in any spelling, or of which Xero says nothing', () => {
    expect(warned(harbour(user()))).toEqual([]);
    for (const status of ['ACTIVE', 'Active ', '', ' ', null]) {
      expect(unusualStatus(organisation({ status }))).toBeNull();
    }
  });
});
