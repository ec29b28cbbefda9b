import { describe, expect, it } from 'vitest';
import { ChangesView } from '../../../renderer/pages/access/changes-view.tsx';
import { Lines, Numbers } from '../../../renderer/pages/access/chart-view.tsx';
import { Person } from '../../../renderer/pages/access/person-panel.tsx';
import { filterSentence, lookWords, sinceWords } from '../../../renderer/pages/access/words.ts';
import { everybody } from '../../../shared/access-kinds.ts';
import type { AccessFilter, KeptLook } from '../../../shared/access-list.ts';
import { overview, samuel } from '../../e2e/screens/access-data.ts';
import { NOW } from '../../e2e/screens/data.ts';
import { draw } from './draw.tsx';

const nothing = () => undefined;
const DAY = 24 * 3_600_000;

describe('the sentence of a filter', () => {
  const names = {
    role: (id: string) => overview.roles.find((role) => role.id === id)?.name ?? id,
    organisation: (id: string) => overview.organisations.find((each) => each.id === id)?.name ?? '',
    domains: ['harbour.example', 'northgate.example', 'harbour.test'],
  };
  const told = (filter: Partial<AccessFilter>, domains = names.domains) =>
    filterSentence({ ...everybody.filter, ...filter }, { ...names, domains });

  it('is one word without any choice', () => {
    expect(told({})).toBe('Everyone');
    expect(told({ search: '   ' })).toBe('Everyone');
  });

  it('reads as one sentence, whatever is chosen together', () => {
    expect(
      told({
        who: { kind: 'role', role: 'financialadviser' },
        organisation: 'harbour',
        only: ['subscribers', 'outside'],
        warning: 'noEmail',
        search: ' okafor ',
      }),
    ).toBe(
      'Advisers in Harbour & Sons Ltd who pay for it outside harbour.example and 2 more with no e-mail address matching “okafor”',
    );
  });

  it('calls people of a role by it, and those without one by what they are', () => {
    expect(told({ who: { kind: 'role', role: 'readonly' } })).toBe('Read only users');
    expect(told({ who: { kind: 'removed' } })).toMatch(/removed/i);
    expect(told({ warning: 'any' })).toMatch(/something to look at/);
  });

  it('names the one domain that is the company’s own, and none where none is known', () => {
    expect(told({ only: ['outside'] }, ['harbour.example'])).toBe(
      'Everyone outside harbour.example',
    );
    expect(told({ only: ['outside'] }, [])).toBe('Everyone outside your e-mail domains');
  });
});

describe('a person', () => {
  it('is told with everything they hold, since when, and what is to look at', () => {
    const { text, buttons } = draw(<Person person={samuel} />);
    for (const part of ['Samuel Okafor', 'samuel@ledger-and-light.example', samuel.id])
      expect(text).toContain(part);
    const [harbour, northgate] = text.split('Northgate Dental Care');
    expect(harbour).toContain('Harbour & Sons Ltd'.replace('&', '&amp;'));
    expect(harbour).toMatch(new RegExp(`Adviser.*${sinceWords(sinceOf('before', 88))}`));
    expect(northgate).toMatch(new RegExp(`Standard.*${sinceWords(sinceOf('from', 11))}`));
    expect(northgate).toMatch(new RegExp(`Read only.*${sinceWords(sinceOf('from', 3))}`));
    expect(text.match(/pays for it/g), 'in one of the two organisations').toHaveLength(1);
    expect(buttons).toEqual([
      'Open users in Xero: Harbour &amp; Sons Ltd',
      'Open users in Xero: Northgate Dental Care',
    ]);
  });

  it('without an address, or whose role or last change Xero doesn’t tell, has it said instead', () => {
    const [place] = samuel.places;
    if (place === undefined) throw new Error('Samuel holds nothing.');
    const places = [{ ...place, standing: 'undisclosed' as const, roles: [], subscriber: false }];
    const { text } = draw(
      <Person person={{ ...samuel, email: null, changedAt: null, warnings: [], places }} />,
    );
    expect(text).toContain('No e-mail');
    expect(text).toContain('Xero doesn’t say');
    expect(text).toMatch(/Not told/);
    expect(text).not.toContain('pays for it');
  });

  function sinceOf(kind: 'before' | 'from', days: number) {
    return { kind, at: NOW - days * DAY };
  }
});

describe('what changed', () => {
  const times = overview.looks.map(({ at }) => at);
  const [newest = 0, , third = 0] = times;

  it('is of two kept looks, of which the first can only be the earlier one', () => {
    const { text } = draw(
      <ChangesView
        overview={overview}
        compared={{ from: third, to: newest }}
        filter={{ search: '', kind: null, organisation: null }}
        opened={null}
        onCompare={nothing}
        onFilter={nothing}
        onOpen={nothing}
      />,
    );
    const [from = '', to = ''] = text.split('To ');
    expect(from).not.toContain(lookWords(newest));
    for (const at of times.slice(1)) expect(from).toContain(lookWords(at));
    for (const at of times.slice(0, 2)) expect(to).toContain(lookWords(at));
    expect(to).not.toContain(lookWords(third));
    expect(text, 'nothing is said of changes before they are known').not.toMatch(/No change/);
  });
});

describe('the chart', () => {
  const looks = overview.looks.toReversed();
  const roles = overview.roles;

  it('ends each role’s line at how many hold it now, on a scale up to the most there were', () => {
    const { text } = draw(<Lines looks={looks} roles={roles} width={800} />);
    for (const { name, people } of roles) expect(text).toContain(`${name} ${people}`);
    const most = Math.max(
      ...looks.flatMap((look) => (look.roles ?? []).map((each) => each.people)),
    );
    expect(text.startsWith(`0 ${Math.ceil(most / 2)} ${most} `)).toBe(true);
  });

  it('counts nobody in a role that a look didn’t know', () => {
    const gone: KeptLook = { at: NOW, people: 2, roles: [] };
    const { text } = draw(<Lines looks={[...looks, gone]} roles={roles} width={800} />);
    for (const { name } of roles) expect(text).toContain(`${name} 0`);
  });

  it('is a table, too, for who can’t see it: the newest look first', () => {
    const { text } = draw(<Numbers looks={looks} roles={roles} />);
    const places = overview.looks.map(({ at }) => text.indexOf(lookWords(at)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const [newest] = overview.looks;
    const counts = newest?.roles?.map(({ people }) => people).join(' ') ?? '';
    expect(text).toContain(`${lookWords(newest?.at ?? 0)} ${counts}`);
  });
});
