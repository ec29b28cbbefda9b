import { describe, expect, it } from 'vitest';
import { Choices } from '../../../main/connector/choices.ts';
import { clearLooseSignIns } from '../../../main/connector/loose-sign-ins.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { KeptLog } from '../c1/quiet.ts';
import { valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { CLIENT_ID } from '../xero/fake-xero.ts';
import { MemorySettings } from './memory-settings.ts';
import { HARBOUR, snapshot } from './snapshots.ts';

const KEPT = { id: 'kept', app: 'web', clientId: CLIENT_ID } as const;

/** The keychain as a run left it that was ended in the middle. */
function leftBehind() {
  const settings = new MemorySettings(defaultSettings(HARBOUR));
  const choices = new Choices(settings, new StateHolder(snapshot()));
  const secrets = new MemorySecrets();
  for (const id of ['kept', 'loose', 'of another profile'])
    for (const key of [`xero/${id}`, `xero/${id}/secret`]) secrets.entries.set(key, 'secret');
  const begin = () => clearLooseSignIns({ settings, choices, secrets, log: new KeptLog() });
  return { settings, choices, secrets, begin };
}

describe('what the keychain holds of a sign-in that isn’t kept', () => {
  it('is erased at the next start, be it just begun or just let go, and nothing else', async () => {
    for (const how of ['begun', 'let go'] as const) {
      const { settings, choices, secrets, begin } = leftBehind();
      valueOf(choices.keepSignIn(KEPT));
      valueOf(choices.beginSignIn('loose'));
      if (how === 'let go') {
        valueOf(choices.keepSignIn({ ...KEPT, id: 'loose' }));
        valueOf(choices.dropSignIn('loose', []));
      }
      await begin();
      expect([...secrets.entries.keys()]).toEqual([
        'xero/kept',
        'xero/kept/secret',
        'xero/of another profile',
        'xero/of another profile/secret',
      ]);
      expect(settings.read()).toMatchObject({ loose: [], signIns: [KEPT] });
    }
  });

  it('waits for a keychain that is locked', async () => {
    const { choices, secrets, begin } = leftBehind();
    valueOf(choices.beginSignIn('loose'));
    secrets.locked = true;
    await begin();
    secrets.locked = false;
    expect(secrets.entries.has('xero/loose')).toBe(true);
    await begin();
    expect(secrets.entries.has('xero/loose')).toBe(false);
  });

  it('stays where the sign-in was kept after all', async () => {
    const { settings, choices, secrets, begin } = leftBehind();
    valueOf(choices.keepSignIn(KEPT));
    settings.change({ loose: ['kept'] });
    await begin();
    expect(secrets.entries.has('xero/kept')).toBe(true);
    expect(settings.read().loose).toEqual([]);
  });
});
