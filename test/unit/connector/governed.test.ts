import { describe, expect, it } from 'vitest';
import { learnFrom, missingFrom, sameId } from '../../../main/connector/governed.ts';
import { farm, harbour } from '../access/build.ts';
import { FARM, HARBOUR } from './snapshots.ts';

const connection = (tenantId: string, name: string) => ({ id: 'c', tenantId, name });
const known = (name: string, demo: boolean) => ({ name, demo });

describe('a governed organisation that Xero no longer lists', () => {
  it('was disconnected', () => {
    const governed = new Map([[HARBOUR, known('Harbour Books', false)]]);
    const [missing] = missingFrom([connection(FARM, 'Hillside Farm')], governed);
    expect(missing).toMatchObject({
      id: HARBOUR,
      name: 'Harbour Books',
      failure: { code: 'organisationMissing', next: 'chooseOrganisations' },
    });
  });

  it('was reset where it is a demo company, and the new one is to be connected', () => {
    const governed = new Map([[FARM, known('Demo Company (NZ)', true)]]);
    const [missing] = missingFrom([], governed);
    expect(missing?.failure).toMatchObject({
      code: 'demoCompanyReset',
      next: 'chooseOrganisations',
    });
    expect(missing?.failure.message).toContain('Connect the new one');
  });

  it('was reset, and the new one is there to be governed', () => {
    const governed = new Map([[FARM, known('Demo Company (NZ)', true)]]);
    const [missing] = missingFrom([connection('another-id', 'demo company (nz)')], governed);
    expect(missing?.failure.message).toContain('govern that one in its place');
  });

  it('isn’t replaced by a namesake that is governed already', () => {
    const governed = new Map([
      [FARM, known('Demo Company (NZ)', true)],
      ['another-id', known('Demo Company (NZ)', true)],
    ]);
    const missing = missingFrom([connection('ANOTHER-ID', 'Demo Company (NZ)')], governed);
    expect(missing).toHaveLength(1);
    expect(missing[0]?.failure.message).toContain('Connect the new one');
  });

  it('is looked for without case', () => {
    const id = 'AAAAAAAA-1111-4111-8111-111111111111';
    const governed = new Map([[id.toLowerCase(), known('Loud Ltd', false)]]);
    expect(missingFrom([connection(id, 'Loud Ltd')], governed)).toEqual([]);
    expect(sameId(id, id.toLowerCase())).toBe(true);
  });
});

describe('what a read tells of the chosen organisations', () => {
  it('is learnt: their names, and which are demo companies', () => {
    const governed = new Map([[FARM, known('As --org has it', false)]]);
    expect(learnFrom([harbour(), farm()], governed)).toEqual(
      new Map([[FARM, known('Hillside Farm', true)]]),
    );
  });

  it('is nothing where all that is connected is read', () => {
    expect(learnFrom([farm()], 'all')).toBe('all');
  });
});
