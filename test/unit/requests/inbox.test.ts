import { Code } from '@connectrpc/connect';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { GrantReplacedSchema } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { farm, harbour, user } from '../access/build.ts';
import { settle } from '../fake-clock.ts';
import { valueOf } from '../results.ts';
import {
  ana,
  deleteAccount,
  entitlement,
  FARM,
  grant,
  HARBOUR,
  MINUTE,
  newAccount,
  onOrganisation,
  OWNER,
  PEER,
  principal,
  revoke,
  Town,
} from './town.ts';

const adviser = () => grant(entitlement('financialadviser'));

describe('a request', () => {
  it('says who is to get what, and what they have today', async () => {
    const town = new Town();
    await town.asks(adviser());
    expect(town.only).toMatchObject({
      task: 'changeRole',
      person: { name: 'Ana Reyes', email: 'ana@harbour.example' },
      places: [{ organisation: { name: 'Harbour Books' }, today: 'Standard', asked: 'Adviser' }],
      end: null,
    });
    expect(town.only.ways[0]?.steps[0]).toMatchObject({ opens: HARBOUR });
  });

  it('isn’t done by a click, but by what Xero shows', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    await town.moves({ move: 'saidDone', id: town.only.id });
    await town.clock.advance(20_000);
    expect(town.answerTo(asked)).toBeUndefined();
    expect(town.only.check.found).toBe(
      'Xero still shows Standard for this person in Harbour Books.',
    );
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(MINUTE);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
    expect(town.only.end).toMatchObject({ kind: 'done' });
  });

  it('names the grant that gave way, once the role has changed', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(5 * MINUTE);
    const answer = town.answerTo(asked);
    const annotations = answer?.kind === 'success' ? (answer.annotations ?? []) : [];
    const replaced = annotations.map((each) => anyUnpack(each, GrantReplacedSchema));
    expect(replaced[0]?.replacedGrantId).toBe(`role:${HARBOUR}/standard:assigned:user:g-ana`);
  });

  it('that is so already is answered at once', async () => {
    const town = new Town();
    const [granted, revoked, member] = [
      grant(entitlement('standard')),
      revoke(entitlement('readonly')),
      revoke(onOrganisation('member', FARM)),
    ];
    for (const asked of [granted, revoked, member]) await town.asks(asked);
    for (const asked of [granted, revoked, member]) {
      expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
    }
    expect(town.view.requests.map(({ end }) => end?.kind)).toEqual([
      'alreadySo',
      'alreadySo',
      'alreadySo',
    ]);
  });

  it('is opened by an invitation where they aren’t in the organisation', async () => {
    const town = new Town();
    const asked = grant(entitlement('readonly', FARM));
    await town.asks(asked);
    expect(town.only).toMatchObject({ task: 'invite', places: [{ today: null }] });
    await town.moves({ move: 'saidInvited', id: town.only.id });
    await town.clock.advance(MINUTE);
    expect(town.only.check.found).toContain('once they have accepted');
    town.now(FARM, OWNER, ana({ userId: 'u-ana-farm', role: 'READONLY' }));
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });

  it('explains somebody with a similar address', async () => {
    const town = new Town();
    await town.asks(grant(entitlement('readonly', FARM)));
    town.now(
      FARM,
      OWNER,
      user({
        userId: 'u-x',
        globalUserId: 'g-x',
        email: 'anna@harbour.example',
        updatedAt: town.clock.now(),
      }),
    );
    await town.clock.advance(5 * MINUTE);
    expect(town.only.check.found).toContain('similar e-mail address');
  });

  it('is found by e-mail where Xero gave them another id, and says so', async () => {
    const town = new Town();
    town.now(HARBOUR, OWNER, ana({ userId: 'u-again', globalUserId: 'g-again' }));
    const asked = adviser();
    await town.asks(asked);
    expect(town.only).toMatchObject({
      task: 'changeRole',
      remarks: [{ kind: 'foundOtherwise' }],
    });
  });

  it('is looked at by every whole look of the app', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    const options = { accountId: 'global', legacyOrganisationId: null } as const;
    const organisations = [harbour(OWNER, ana({ role: 'FINANCIALADVISER' })), farm(OWNER)];
    await town.rounds.seen({ organisations, options, whole: 'yes', trouble: null });
    await settle();
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });

  it('keeps legacy ids apart from what Xero calls a role', async () => {
    const town = new Town({ options: { legacyOrganisationId: HARBOUR } });
    const legacy = {
      id: 'role:financialadvisor:financialadvisor',
      slug: 'financialadvisor',
      resource: { id: { resourceType: 'role', resource: 'financialadvisor' } },
    };
    await town.asks(grant(legacy, principal('u-ana')));
    expect(town.only.places[0]).toMatchObject({ asked: 'Adviser', today: 'Standard' });
  });
});

describe('what can’t be done', () => {
  const refusals = [
    ['who pays', grant(onOrganisation('subscriber')), 'pays for Harbour Books'],
    ['membership alone', grant(onOrganisation('member')), 'can’t be granted by itself'],
    ['a practice’s role', grant(entitlement('managedclient')), 'accounting practice'],
    [
      'removing who pays',
      revoke(onOrganisation('member'), principal('g-owner', 'owner@harbour.example')),
      'Transfer the subscription',
    ],
    ['deleting who pays', deleteAccount('g-owner'), 'Transfer the subscription'],
    [
      'an account without e-mail',
      grant(entitlement('readonly', FARM), principal('g-none', '')),
      'no e-mail address',
    ],
  ] as const;
  it.each(refusals)('is refused at once: %s', async (_, asked, words) => {
    const town = new Town();
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({
      kind: 'failure',
      code: Code.FailedPrecondition,
      nonRetryable: true,
      message: expect.stringContaining(words) as string,
    });
    expect(town.only.end).toMatchObject({ kind: 'refused' });
  });

  it('is refused where the organisation isn’t governed', async () => {
    const town = new Town();
    const asked = grant(entitlement('standard', '33333333-3333-4333-8333-333333333333'));
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({ code: Code.NotFound, nonRetryable: true });
  });

  it('is refused at once where the organisation was disconnected in Xero', async () => {
    const town = new Town();
    town.unreadable = FARM;
    town.gone = [{ id: FARM, name: 'Hillside Farm' }];
    const asks = [
      grant(entitlement('readonly', FARM)),
      revoke(onOrganisation('member', FARM)),
      newAccount({ organisation: 'Hillside Farm' }),
    ];
    for (const asked of asks) await town.asks(asked);
    for (const asked of asks) {
      expect(town.answerTo(asked)).toMatchObject({
        code: Code.FailedPrecondition,
        message: expect.stringContaining('Hillside Farm can’t be read any more') as string,
      });
    }
  });

  it('waits where that may be in an organisation that can’t be read', async () => {
    const town = new Town();
    town.unreadable = FARM;
    const asked = grant(entitlement('readonly', FARM));
    await town.asks(asked);
    expect(town.answerTo(asked)).toBeUndefined();
    town.unreadable = null;
    await town.clock.advance(MINUTE);
    expect(town.only.task).toBe('invite');
  });

  it.each([
    ['a field is missing', newAccount({ role: '' }), 'lacks role'],
    ['the address is none', newAccount({ email: 'nobody' }), 'isn’t an e-mail address'],
  ] as const)('of a new account is refused: %s', async (_, asked, words) => {
    const town = new Town();
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({
      code: Code.InvalidArgument,
      message: expect.stringContaining(words) as string,
    });
  });

  it('of a new account in an unknown organisation is refused', async () => {
    const town = new Town();
    const asked = newAccount({ organisation: 'Elsewhere' });
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({ code: Code.NotFound });
  });
});

describe('a new account', () => {
  it('is answered with the account, once Xero lists it', async () => {
    const town = new Town();
    const asked = newAccount();
    await town.asks(asked);
    expect(town.only).toMatchObject({ task: 'invite', places: [{ asked: 'Standard' }] });
    const nora = { userId: 'u-n', globalUserId: 'g-n', email: 'New@harbour.example' };
    town.now(HARBOUR, OWNER, ana(), user(nora));
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });

  it('that is there already is told so', async () => {
    const town = new Town();
    const asked = newAccount({ email: 'ana@harbour.example' });
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
    expect(town.only.end?.kind).toBe('alreadySo');
  });

  it('that was invited and not accepted in time is left to C1’s next sync', async () => {
    const town = new Town();
    const asked = newAccount();
    await town.asks(asked);
    await town.moves({ move: 'saidInvited', id: town.only.id });
    await town.clock.advance(61 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
    expect(town.only.end?.kind).toBe('invited');
  });
});

describe('time', () => {
  it('is over after the window, with an error that C1 doesn’t try again', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    await town.clock.advance(61 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({
      code: Code.DeadlineExceeded,
      nonRetryable: true,
      message: 'Nobody did this in Xero within 60 minutes.',
    });
    expect(town.only.end?.kind).toBe('outOfTime');
  });

  it('is decided by Xero, where the computer slept over its end', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.suspend(3 * 60 * MINUTE);
    await settle();
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });

  it('of a laptop that wakes up without a network is given a while longer', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    town.trouble = { code: 'xeroUnreachable', message: 'Xero can’t be reached.', next: 'wait' };
    await town.clock.suspend(60 * MINUTE);
    await town.clock.advance(2 * MINUTE);
    expect(town.answerTo(asked)).toBeUndefined();
    expect(town.only.check.trouble).toBe('Xero can’t be reached.');
    await town.clock.advance(10 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({ code: Code.DeadlineExceeded });
  });

  it('passes for what can’t be looked at at all', async () => {
    const town = new Town();
    town.trouble = { code: 'xeroUnreachable', message: 'Xero can’t be reached.', next: 'wait' };
    const asked = adviser();
    await town.asks(asked);
    await town.clock.advance(71 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({
      code: Code.DeadlineExceeded,
      message: expect.stringContaining('couldn’t be looked at') as string,
    });
  });

  it('between looks is short after somebody was at it, and long otherwise', async () => {
    const town = new Town();
    await town.asks(adviser());
    await town.clock.advance(10 * MINUTE);
    const idle = town.looks.length;
    await town.moves({ move: 'openInXero', id: town.only.id, organisation: HARBOUR });
    await town.clock.advance(5 * MINUTE);
    expect(idle).toBeLessThan(5);
    expect(town.looks.length - idle).toBeGreaterThan(5);
    expect(town.looks.length - idle).toBeLessThan(15);
    expect(town.looks.at(-1)).toEqual([HARBOUR]);
  });
});

describe('several tasks', () => {
  it('about one person in one organisation are one request, each with its own condition', async () => {
    const town = new Town();
    const [given, taken] = [adviser(), revoke(entitlement('standard'))];
    await town.asks(given);
    await town.asks(taken);
    expect(town.only).toMatchObject({ tasks: 2, remarks: [] });
    town.now(HARBOUR, OWNER, ana({ role: 'READONLY' }));
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(taken)).toMatchObject({ kind: 'success' });
    expect(town.answerTo(given)).toBeUndefined();
    expect(town.only.check.found).toContain('Asked for was Adviser');
  });

  it('that C1 issues again under another id join the open request', async () => {
    const town = new Town();
    const [first, again] = [adviser(), adviser()];
    await town.asks(first);
    await town.asks(again);
    expect(town.only.tasks).toBe(2);
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(first)).toMatchObject({ kind: 'success' });
    expect(town.answerTo(again)).toMatchObject({ kind: 'success' });
  });

  it('that contradict each other are marked', async () => {
    const town = new Town();
    await town.asks(adviser());
    await town.asks(revoke(onOrganisation('member')));
    expect(town.only.remarks).toMatchObject([
      { kind: 'conflict', words: expect.stringContaining('can’t both be') as string },
    ]);
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(5 * MINUTE);
    expect(town.only).toMatchObject({ end: null, remarks: [] });
  });

  it('that contradict a removal everywhere are marked, both', async () => {
    const town = new Town();
    await town.asks(adviser());
    await town.asks(deleteAccount());
    expect(town.view.requests.map(({ remarks }) => remarks.map(({ kind }) => kind))).toEqual([
      ['conflict'],
      ['conflict'],
    ]);
  });

  it('that come together are looked at together', async () => {
    const town = new Town();
    await Promise.all(
      ['readonly', 'invoiceonly'].map((role) => town.asks(grant(entitlement(role, FARM)))),
    );
    expect(town.looks.length).toBeLessThanOrEqual(2);
  });
});

describe('a removal everywhere', () => {
  it('takes a step for each organisation, and tells them apart', async () => {
    const town = new Town();
    town.now(FARM, OWNER, ana({ userId: 'u-ana-farm', role: 'READONLY' }));
    const asked = deleteAccount();
    await town.asks(asked);
    expect(town.only.ways[0]?.steps.map(({ opens }) => opens)).toEqual([HARBOUR, FARM]);
    town.now(FARM, OWNER);
    await town.clock.advance(5 * MINUTE);
    expect(town.only.check.found).toBe('Removed from Hillside Farm, not yet from Harbour Books.');
    town.now(HARBOUR, OWNER);
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });

  it('isn’t done while they came into another organisation meanwhile', async () => {
    const town = new Town();
    const asked = deleteAccount();
    await town.asks(asked);
    town.now(HARBOUR, OWNER);
    town.now(FARM, OWNER, ana({ userId: 'u-ana-farm', role: 'READONLY' }));
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(asked)).toBeUndefined();
    expect(town.only.places).toHaveLength(2);
  });

  it('of somebody who is nowhere is so already', async () => {
    const town = new Town();
    const asked = deleteAccount('g-nobody');
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });
});

describe('a temporary rise', () => {
  it('is taken back to the role before it, not to nothing', async () => {
    const town = new Town();
    await town.asks(adviser());
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(5 * MINUTE);
    const back = revoke(entitlement('financialadviser'));
    await town.asks(back);
    const open = town.view.requests.find(({ end }) => end === null);
    expect(open?.remarks).toMatchObject([{ kind: 'hadAnotherRole' }]);
    expect(open?.ways.map(({ title }) => title)).toEqual([
      'Change back to Standard',
      'Or remove them from the organisation',
    ]);
    town.now(HARBOUR, OWNER, ana());
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(back)).toMatchObject({ kind: 'success' });
  });
});

describe('a caution', () => {
  const noOther = { ...OWNER, role: 'STANDARD' };
  it('stands before the last adviser loses their role, until it is confirmed', async () => {
    const town = new Town();
    town.now(HARBOUR, noOther, ana({ role: 'FINANCIALADVISER' }));
    await town.asks(grant(entitlement('readonly')));
    expect(town.only).toMatchObject({ caution: { kind: 'lastAdviser' }, ways: [] });
    await town.moves({ move: 'confirm', id: town.only.id });
    expect(town.only.caution).toBeNull();
    expect(town.only.ways).toHaveLength(1);
  });

  it('stands before the admin’s own access ends', async () => {
    const town = new Town({ self: 'ana@harbour.example' });
    await town.asks(revoke(onOrganisation('member')));
    expect(town.only.caution).toMatchObject({ kind: 'ownAccess' });
  });
});

describe('the end of a request', () => {
  it('is a no with the admin’s reason', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    await town.moves({ move: 'decline', id: town.only.id, reason: 'Not before the audit.' });
    expect(town.answerTo(asked)).toMatchObject({
      code: Code.FailedPrecondition,
      nonRetryable: true,
    });
    expect(town.only.end).toMatchObject({ kind: 'declined' });
    expect(town.events).toMatchObject([
      { what: 'asked', because: null },
      { what: 'declined', because: 'Not before the audit.' },
    ]);
  });

  it('comes with C1’s cancelling', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    await town.breaksOff(asked);
    expect(town.only.end).toMatchObject({ kind: 'cancelled' });
    expect(await town.inbox.tasksOf(PEER)).toEqual([]);
  });

  it('waits while another task of it is open', async () => {
    const town = new Town();
    const [first, again] = [adviser(), adviser()];
    await town.asks(first);
    await town.asks(again);
    await town.breaksOff(first);
    expect(town.only.end).toBeNull();
  });

  it('was in vain where C1 refuses the answer as too late', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(5 * MINUTE);
    town.inbox.finished(PEER, asked.id, 'refused');
    expect(town.only.end).toMatchObject({ kind: 'tooLate' });
  });

  it('can’t be moved any more', async () => {
    const town = new Town();
    const asked = adviser();
    await town.asks(asked);
    await town.breaksOff(asked);
    const done = await town.moves({ move: 'saidDone', id: town.only.id });
    expect(done).toMatchObject({ ok: false, failure: { code: 'usage' } });
  });
});

describe('after a restart', () => {
  it('open requests go on, with C1’s task and without its handing it out again', async () => {
    const before = new Town();
    const asked = adviser();
    await before.asks(asked);
    await before.moves({ move: 'show', id: before.only.id });
    const town = before.restart();
    await settle();
    expect(town.only).toMatchObject({ task: 'changeRole', end: null });
    const [kept] = await town.inbox.tasksOf(PEER);
    expect(kept?.id).toBe(asked.id);
    if (kept === undefined) return;
    await town.asks(kept);
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.clock.advance(5 * MINUTE);
    expect(town.answerTo(kept)).toMatchObject({ kind: 'success' });
  });

  it('what was decided is answered as it was, whatever Xero shows by now', async () => {
    const before = new Town();
    const asked = adviser();
    await before.asks(asked);
    await before.moves({ move: 'decline', id: before.only.id, reason: 'No.' });
    const town = before.restart();
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({ code: Code.FailedPrecondition });
  });

  it('Xero is looked at for them at once', async () => {
    const before = new Town();
    const asked = adviser();
    await before.asks(asked);
    await before.clock.advance(1000);
    const town = before.restart();
    town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
    await town.asks(asked);
    expect(town.answerTo(asked)).toMatchObject({ kind: 'success' });
  });

  it('another C1’s tasks are nobody’s', async () => {
    const town = new Town();
    await town.asks(adviser(), 'other.conductor.one');
    expect(await town.inbox.tasksOf(PEER)).toEqual([]);
  });

  it('what its C1 never fetched is let go after a week', async () => {
    const before = new Town();
    const asked = adviser();
    await before.asks(asked, 'other.conductor.one');
    await before.moves({ move: 'decline', id: before.only.id, reason: 'No.' });
    const town = before.restart();
    await town.clock.advance(9 * 24 * 60 * MINUTE);
    expect(await town.inbox.tasksOf('other.conductor.one')).toHaveLength(1);
    await town.asks(adviser());
    expect(await town.inbox.tasksOf('other.conductor.one')).toEqual([]);
  });

  it('what couldn’t be read at first is taken up once it can be', async () => {
    const before = new Town();
    await before.asks(adviser());
    const { shelf } = before;
    shelf.failure = { code: 'keychainLocked', message: 'Locked.', next: 'unlockKeychain' };
    const town = before.restart();
    await settle();
    expect(town.view.requests).toEqual([]);
    shelf.failure = null;
    await town.clock.advance(MINUTE);
    expect(town.only.task).toBe('changeRole');
  });
});

it('copies what the admin needs in Xero, and opens the page of the organisation', async () => {
  const town = new Town();
  await town.asks(adviser());
  const { id } = town.only;
  expect(valueOf(await town.moves({ move: 'copy', id, what: 'email' }))).toEqual({
    kind: 'copy',
    text: 'ana@harbour.example',
  });
  const opened = valueOf(await town.moves({ move: 'openInXero', id, organisation: HARBOUR }));
  expect(opened).toMatchObject({ address: expect.stringContaining('shortcode=!23eYt') as string });
  expect(town.events.map(({ what }) => what)).toEqual(['asked', 'opened']);
});
