import { describe, expect, it } from 'vitest';
import { Choices } from '../../../main/connector/choices.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { failureOf, valueOf } from '../results.ts';
import { CLIENT_ID } from '../xero/fake-xero.ts';
import { MemorySettings, settingsDiskFull } from './memory-settings.ts';
import { FARM, HARBOUR, snapshot } from './snapshots.ts';

const CHOSEN = {
  ...defaultSettings(HARBOUR),
  signIns: [{ id: 'sign-in-1', app: 'desktop', clientId: CLIENT_ID } as const],
  governed: [HARBOUR],
};

function choosing() {
  const settings = new MemorySettings(CHOSEN);
  const state = new StateHolder(snapshot({ setup: 'xero' }));
  return { settings, state, choices: new Choices(settings, state) };
}

describe('what the admin chose', () => {
  it('is remembered, and shown', () => {
    const { settings, state, choices } = choosing();
    valueOf(choices.govern([FARM]));
    valueOf(choices.governAlso([HARBOUR, FARM]));
    valueOf(choices.moveTo('organisations'));
    valueOf(choices.keepSignIn({ id: 'sign-in-2', app: 'web', clientId: CLIENT_ID }));
    expect(settings.read()).toMatchObject({ governed: [FARM, HARBOUR], setup: 'organisations' });
    expect(settings.read().signIns).toEqual([
      ...CHOSEN.signIns,
      { id: 'sign-in-2', app: 'web', clientId: CLIENT_ID },
    ]);
    expect(state.snapshot.setup).toBe('organisations');
    expect(state.snapshot.xero[0]?.organisations[0]?.governed).toBe(false);
  });

  it.each<[string, (choices: Choices) => unknown]>([
    ['a step', (choices) => choices.moveTo('c1')],
    ['which organisations are governed', (choices) => choices.govern([FARM])],
    ['one that is governed as well', (choices) => choices.governAlso([FARM])],
    [
      'a sign-in',
      (choices) => choices.keepSignIn({ id: 'sign-in-2', app: 'web', clientId: CLIENT_ID }),
    ],
    ['a sign-in that is let go', (choices) => choices.dropSignIn('sign-in-1', [HARBOUR])],
  ])('is as before, here and in the window, when the disk can’t take %s', (_what, choose) => {
    const { settings, state, choices } = choosing();
    const shown = state.snapshot;
    settings.breakDown(settingsDiskFull);
    expect(choose(choices)).toEqual({ ok: false, failure: settingsDiskFull });
    expect(settings.read()).toBe(CHOSEN);
    expect(state.snapshot).toBe(shown);
  });

  it('comes back when letting a sign-in go is undone', () => {
    const { settings, choices } = choosing();
    const { undo } = valueOf(choices.dropSignIn('sign-in-1', [HARBOUR]));
    expect(settings.read()).toMatchObject({ signIns: [], governed: [] });
    valueOf(undo());
    expect(settings.read()).toEqual(CHOSEN);
    settings.breakDown(settingsDiskFull);
    expect(failureOf(undo()).code).toBe('diskFull');
  });
});
