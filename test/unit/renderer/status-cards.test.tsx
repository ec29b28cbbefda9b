import { describe, expect, it } from 'vitest';
import { OrganisationsStep } from '../../../renderer/pages/setup/organisations-step.tsx';
import { C1Card } from '../../../renderer/pages/status/c1-card.tsx';
import { ComputerCard } from '../../../renderer/pages/status/computer-card.tsx';
import { Organisations } from '../../../renderer/pages/status/organisations.tsx';
import { XeroCard } from '../../../renderer/pages/status/xero-card.tsx';
import type { Failure } from '../../../shared/errors.ts';
import type { C1State, Organisation, Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import {
  MINUTE,
  NOW,
  chosen,
  connected,
  credential,
  custom,
  failed,
  harbour,
  northgate,
  signedIn,
  well,
} from '../../e2e/screens/data.ts';
import { failures } from '../../e2e/screens/failures.ts';
import { draw } from './draw.tsx';

const nothing = () => undefined;
const ana = signedIn([harbour]);
const ben: XeroSignIn = {
  ...signedIn([northgate]),
  id: 'sign-in-2',
  who: { name: 'Ben Okafor', email: 'ben@northgate.example' },
};
const because = failures.signedOut;

const idle = {
  busy: false,
  failure: null,
  run: () => Promise.reject(new Error('run')),
  forget: () => undefined,
};

describe('the Xero card', () => {
  const card = (...xero: readonly XeroSignIn[]) =>
    draw(<XeroCard snapshot={{ ...well, xero }} told={null} />);

  it('has the way out of the one sign-in, and the way in for others', () => {
    const { text, buttons } = card(ana);
    expect(text).toContain('Ana Pires');
    expect(buttons).toEqual(['Sign out', 'Change app', 'Add sign-in']);
  });

  it('has a way out of each of several sign-ins, told apart by who signed in', () => {
    const { text, buttons } = card(ana, ben);
    expect(text).toContain('2 sign-ins');
    expect(buttons).toEqual([
      'Change app ana.pires@harbour.example',
      'Sign out ana.pires@harbour.example',
      'Change app ben@northgate.example',
      'Sign out ben@northgate.example',
      'Add sign-in',
    ]);
  });

  it('names a custom connection by what it is, as nobody stands behind it', () => {
    const { text, buttons } = card(custom);
    expect(text).toContain('Custom connection');
    expect(text).toContain('Client ID …E64B0F');
    expect(buttons).toContain('Sign out');
  });

  it('mends a secret that Xero refuses with another secret, and only a web app by signing in', () => {
    const refused = (signIn: XeroSignIn, failure: Failure): XeroSignIn => ({
      ...signIn,
      state: { kind: 'needsSignIn', because: failure },
    });
    const web = card(refused({ ...ben, app: 'web' }, failures.webRejected));
    expect(web.text).toContain('Refused');
    expect(web.buttons.slice(0, 2)).toEqual(['Paste the new secret', 'Sign in again']);
    const { buttons } = card(refused(custom, failures.customRejected));
    expect(buttons).toEqual(['Paste the new secret', 'Sign out', 'Change app']);
  });

  it('has one of those too that Xero no longer honours, or whose name was lost', () => {
    const lost: XeroSignIn = { ...ben, who: null };
    expect(card(ana, lost).buttons).toContain('Sign out Name not known yet …7D6A08');
    const { text, buttons } = card(ana, { ...ben, state: { kind: 'needsSignIn', because } });
    expect(text).toContain('Needs you');
    expect(buttons).toEqual([
      'Change app ana.pires@harbour.example',
      'Sign out ana.pires@harbour.example',
      'Change app ben@northgate.example',
      'Sign out ben@northgate.example',
      'Sign in to Xero',
    ]);
  });

  it('doesn’t take an attempt that failed for a sign-in', () => {
    const attempt: XeroSignIn = { ...ben, who: null, state: { kind: 'signedOut', because } };
    expect(card(ana, attempt).buttons).toEqual(['Sign out', 'Change app', 'Add sign-in']);
  });
});

describe('the C1 card', () => {
  const buttonsOf = (c1: C1State) =>
    draw(
      <C1Card
        snapshot={{ ...well, c1 }}
        told={null}
        onReplaceCredential={nothing}
        onRemoveCredential={nothing}
      />,
    ).buttons;

  it('lets a credential be removed, whether C1 honours it or not', () => {
    expect(buttonsOf(connected)).toEqual(['Change credential', 'Remove credential']);
    const offline = { kind: 'offline', credential, because: failures.c1Unreachable } as const;
    expect(buttonsOf(offline)).toContain('Remove credential');
    const rejected = { kind: 'rejected', credential, because: failures.rejected } as const;
    expect(buttonsOf(rejected)).toContain('Remove credential');
  });

  it('has nothing to remove without one', () => {
    expect(buttonsOf({ kind: 'none', because: null })).toEqual(['Paste credential']);
  });
});

describe('this computer’s card', () => {
  const card = (snapshot: Partial<Snapshot>) =>
    draw(<ComputerCard snapshot={{ ...well, ...snapshot }} told={null} pausing={idle} />).text;

  it('says when it looked, and when it looks next', () => {
    const text = card({ nextLook: NOW + 26 * MINUTE });
    expect(text).toContain('Last look 4 min ago');
    expect(text).toContain('Next look in 26 min');
  });

  it('says so when the next look is due, or overdue after a sleep', () => {
    expect(card({ nextLook: NOW + 10_000 })).toContain('Next look in a moment');
    expect(card({ nextLook: NOW - 60 * MINUTE })).toContain('Next look in a moment');
  });

  it('promises no look while one is under way, or with nobody signed in', () => {
    const nextLook = NOW + 26 * MINUTE;
    expect(card({ nextLook, xero: [] })).not.toContain('Next look');
    const sync = { kind: 'reading', done: 0, of: 2, for: 'look' } as const;
    expect(card({ nextLook, sync })).not.toContain('Next look');
  });
});

describe('connections that aren’t organisations', () => {
  const ONE = '1 connection is left out, as it isn’t an organisation';
  const MORE = '3 connections are left out, as they aren’t organisations';
  const action = {
    busy: false,
    failure: null,
    run: () => Promise.reject(new Error()),
    forget: nothing,
  };
  const status = (...xero: readonly XeroSignIn[]) =>
    draw(<Organisations snapshot={{ ...well, xero }} onConnectAnother={null} onChange={nothing} />)
      .text;
  const step = (...xero: readonly XeroSignIn[]) =>
    draw(<OrganisationsStep snapshot={{ ...chosen, xero }} mending={action} />).text;

  it('are counted on the status page and where organisations are chosen', () => {
    for (const page of [status, step]) {
      expect(page({ ...ana, leftOut: 1 })).toContain(ONE);
      expect(page({ ...ana, leftOut: 1 }, { ...ben, leftOut: 2 })).toContain(MORE);
      expect(page({ ...ana, leftOut: 1 })).toContain('Only organisations can be governed.');
    }
  });

  it('aren’t spoken of where there are none', () => {
    for (const page of [status, step]) {
      expect(page({ ...ana, leftOut: 0 })).not.toContain('left out');
      expect(page(ana)).not.toContain('left out');
    }
  });
});

describe('what is left of the day at Xero', () => {
  const status = (...organisations: readonly Organisation[]) =>
    draw(
      <Organisations
        snapshot={{ ...well, xero: [signedIn(organisations)] }}
        onConnectAnother={null}
        onChange={nothing}
      />,
    ).text;

  it('is said for each organisation, once Xero has said it', () => {
    const text = status(
      { ...harbour, today: { left: 951, forC1Alone: false } },
      { ...northgate, today: { left: 1, forC1Alone: true } },
    );
    expect(text).toContain('951 calls left at Xero today');
    expect(text).toContain('1 call left at Xero today, kept for C1’s syncs');
    expect(status(harbour)).not.toContain('left at Xero');
  });

  it('used up asks the admin for nothing', () => {
    const paused = { ...failed(harbour, failures.rateLimited), governed: true };
    const text = status(paused);
    expect(text).toContain('daily limit is used up');
    expect(text).toContain('Waiting');
    expect(text).not.toContain('Needs you');
  });
});
