import { describe, expect, it } from 'vitest';
import { defaultSettings, Settings } from '../../../main/connector/settings.ts';
import { CLIENT_ID } from '../xero/fake-xero.ts';
import { HARBOUR } from './snapshots.ts';

const kept = (app: string) => ({
  ...defaultSettings(HARBOUR),
  signIns: [{ id: 'sign-in-1', app, clientId: CLIENT_ID }],
});

describe('the settings of an earlier run', () => {
  it.each(['desktop', 'web', 'custom'])('hold a sign-in with an app of kind %s', (app) => {
    expect(Settings.parse(kept(app))).toEqual(kept(app));
  });

  it('hold no secret, even where one was written into them', () => {
    const [signIn] = kept('web').signIns;
    const signIns = [{ ...signIn, secret: 'must-not-be-here' }];
    expect(JSON.stringify(Settings.parse({ ...kept('web'), signIns }))).not.toContain('must-not');
  });
});
