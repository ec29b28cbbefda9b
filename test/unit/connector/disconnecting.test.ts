import { describe, expect, it } from 'vitest';
import { Choices } from '../../../main/connector/choices.ts';
import { disconnectOrganisation } from '../../../main/connector/disconnecting.ts';
import type { Reach } from '../../../main/connector/reach.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { requestRefused, signedOut, unreachable } from '../../../main/xero/errors.ts';
import { fail, succeed, type Result } from '../../../shared/errors.ts';
import type { XeroSignIn } from '../../../shared/snapshot.ts';
import { farm, harbour } from '../access/build.ts';
import { KeptLog } from '../c1/quiet.ts';
import { failureOf, valueOf } from '../results.ts';
import { KeptHistory } from './kept-history.ts';
import { MemorySettings } from './memory-settings.ts';
import { reachTo } from './reaches.ts';
import { FARM, HARBOUR, organisation, signIn, snapshot } from './snapshots.ts';

const never = new AbortController().signal;
const both = [organisation(), organisation({ id: FARM, name: 'Hillside Farm' })];

function desk(
  reaches: readonly Reach[],
  xero: readonly XeroSignIn[] = [signIn({ organisations: both })],
  answers: Readonly<Record<string, Result<void>>> = {},
) {
  const state = new StateHolder(snapshot({ xero }));
  const settings = new MemorySettings({ ...defaultSettings(HARBOUR), governed: [HARBOUR, FARM] });
  const ended: string[] = [];
  const signIns = {
    reaches,
    disconnect: (id: string, connection: { readonly id: string }): Promise<Result<void>> => {
      ended.push(`${id}: ${connection.id}`);
      return Promise.resolve(answers[id] ?? succeed());
    },
  };
  const history = new KeptHistory();
  const choices = new Choices(settings, state);
  const parts = { state, choices, signIns, history, log: new KeptLog() };
  const disconnect = (id: string) => disconnectOrganisation(id, parts, never);
  const rows = () =>
    state.snapshot.xero.map(({ organisations }) => organisations.map(({ name }) => name));
  return { disconnect, ended, rows, settings, state, history };
}

describe('disconnecting an organisation', () => {
  it('ends its own connection, by the connection’s id, and governs it no more', async () => {
    const { disconnect, ended, rows, settings, history } = desk([
      reachTo('sign-in-1', [harbour(), farm()]),
    ]);
    valueOf(await disconnect(HARBOUR.toUpperCase()));
    expect(ended).toEqual([`sign-in-1: connection ${HARBOUR}`]);
    expect(rows()).toEqual([['Hillside Farm']]);
    expect(settings.read().governed).toEqual([FARM]);
    expect(history.sentences).toEqual(['Harbour Books was disconnected from Xero']);
  });

  it('ends it through every sign-in that lists it, and asks no other', async () => {
    const xero = [
      signIn(),
      signIn({ id: 'sign-in-2' }),
      signIn({ id: 'sign-in-3', organisations: [] }),
    ];
    const { disconnect, ended, rows } = desk(
      [reachTo('sign-in-1', [harbour()]), reachTo('sign-in-2', [harbour()]), lost('sign-in-3')],
      xero,
    );
    valueOf(await disconnect(HARBOUR));
    expect(ended).toHaveLength(2);
    expect(rows()).toEqual([[], [], []]);
  });

  it('is done where Xero lists it no more', async () => {
    const { disconnect, ended, rows } = desk([reachTo('sign-in-1', [farm()])]);
    valueOf(await disconnect(HARBOUR));
    expect([ended, rows()]).toEqual([[], [['Hillside Farm']]]);
  });

  it('ends nothing where a sign-in’s list can’t be had, and all is as before', async () => {
    const xero = [signIn({ organisations: both }), signIn({ id: 'sign-in-2' })];
    const { disconnect, ended, rows, settings } = desk(
      [reachTo('sign-in-1', [harbour()]), lost('sign-in-2')],
      xero,
    );
    const failure = failureOf(await disconnect(HARBOUR));
    expect(failure).toMatchObject({ code: 'xeroSignedOut', next: 'signInToXero' });
    expect(failure.message).toMatch(/^Harbour Books wasn’t disconnected\. /);
    expect(ended).toEqual([]);
    expect(rows()).toEqual([['Harbour Books', 'Hillside Farm'], ['Harbour Books']]);
    expect(settings.read().governed.toSorted()).toEqual([HARBOUR, FARM]);
  });

  it('isn’t promised to go on by itself while Xero can’t be reached', async () => {
    const { disconnect } = desk([reachTo('sign-in-1', [harbour()])], undefined, {
      'sign-in-1': fail(unreachable('no network')),
    });
    const failure = failureOf(await disconnect(HARBOUR));
    expect(failure).toMatchObject({ code: 'xeroUnreachable', next: 'tryAgain' });
    expect(failure.message).toMatch(/^Harbour Books wasn’t disconnected: .* try again later\.$/);
  });

  it('leaves all as before where Xero refuses', async () => {
    const { disconnect, rows, settings, state } = desk(
      [reachTo('sign-in-1', [harbour(), farm()])],
      undefined,
      { 'sign-in-1': fail(requestRefused('Xero answered 403')) },
    );
    const before = state.snapshot.xero;
    expect(failureOf(await disconnect(HARBOUR)).code).toBe('xeroRequestRefused');
    expect(state.snapshot.xero).toEqual(before);
    expect(rows()).toEqual([['Harbour Books', 'Hillside Farm']]);
    expect(settings.read().governed.toSorted()).toEqual([HARBOUR, FARM]);
  });

  it('isn’t for a custom connection, which is ended at Xero', async () => {
    const { disconnect, ended, settings } = desk(
      [reachTo('sign-in-1', [harbour()])],
      [signIn({ app: 'custom', who: null })],
    );
    expect(failureOf(await disconnect(HARBOUR)).message).toContain('custom connection');
    expect(ended).toEqual([]);
    expect(settings.read().governed).toEqual([HARBOUR, FARM]);
  });

  it('is refused for an organisation that isn’t there', async () => {
    const { disconnect } = desk([reachTo('sign-in-1', [harbour()])]);
    expect(failureOf(await disconnect('another')).next).toBe('checkXeroNow');
  });
});

function lost(signInId: string): Reach {
  const { reader } = reachTo(signInId, []);
  return { signInId, reader: { ...reader, connections: () => Promise.resolve(fail(signedOut())) } };
}
