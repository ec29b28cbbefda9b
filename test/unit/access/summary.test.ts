import { expect, it } from 'vitest';
import { countAccess, peopleByOrganisation } from '../../../main/access/summary.ts';
import { FARM, HARBOUR, harbour, model, TOWN, user } from './build.ts';

it('counts what a file holds', () => {
  expect(countAccess(model(TOWN))).toEqual({
    organisations: 2,
    accounts: 8,
    roles: 13,
    entitlements: 17,
    grants: 17,
  });
});

it('tells the people of each organisation by role, the most privileged first', () => {
  const people = peopleByOrganisation(model(TOWN));
  expect(people.get(HARBOUR)).toEqual({
    people: 5,
    roles: [
      { name: 'Adviser', people: 1 },
      { name: 'Standard', people: 2 },
      { name: 'Invoice only', people: 1 },
      { name: 'Read only', people: 1 },
    ],
  });
  expect(people.get(FARM)).toEqual({
    people: 3,
    roles: [
      { name: 'Standard', people: 2 },
      { name: 'Payroll Admin', people: 1 },
    ],
  });
});

it('tells them under the ids of baton-xero too', () => {
  const people = peopleByOrganisation(model([harbour(user())], { legacyOrganisationId: HARBOUR }));
  expect(people.get(HARBOUR)).toEqual({ people: 1, roles: [{ name: 'Standard', people: 1 }] });
});

it('tells that nobody has access', () => {
  expect(peopleByOrganisation(model([harbour()])).get(HARBOUR)).toEqual({ people: 0, roles: [] });
});
