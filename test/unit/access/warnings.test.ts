import { describe, expect, it } from 'vitest';
import { FARM, HARBOUR, farm, harbour, model, organisation, user } from './build.ts';

const idWarnings = (...accesses: Parameters<typeof model>[0]) =>
  model(accesses).warnings.filter(({ code }) => code === 'organisationIdDiffers');

describe('an organisation’s ID', () => {
  it('may be written in another case than in the list of connections', () => {
    const lower = organisation({ id: 'abcdef00-1111-4111-8111-111111111111' });
    const tenantId = lower.id.toUpperCase();
    expect(idWarnings({ tenantId, organisation: lower, users: [user()] })).toEqual([]);
  });

  it('is no matter where a custom connection names none', () => {
    expect(idWarnings(harbour(user()))).toEqual([]);
  });

  it('that differs from the one it is connected under is told, with the names', () => {
    const odd = [
      { ...harbour(user()), tenantId: FARM },
      { ...farm(user()), tenantId: HARBOUR },
    ];
    expect(idWarnings(...odd)).toEqual([
      {
        code: 'organisationIdDiffers',
        message:
          'Xero’s answer has another ID than its list of connections for Harbour Books and Hillside Farm. C1 gets the ID of the answer.',
      },
    ]);
    expect(idWarnings(...odd.toReversed())).toEqual(idWarnings(...odd));
  });
});
