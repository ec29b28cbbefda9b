import type { Log, SecretStore } from '../ports.ts';
import type { Choices } from './choices.ts';
import { keysOf } from './kept-sign-in.ts';
import type { SettingsStore } from './settings.ts';

interface LooseSurroundings {
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly choices: Pick<Choices, 'cleared'>;
  readonly secrets: Pick<SecretStore, 'erase'>;
  readonly log: Log;
}

/**
 * Takes out of the keychain what a run left there that ended while it began a sign-in, or let one go. What
 * can't be erased now, as the keychain is locked, is tried again at the next start.
 */
export async function clearLooseSignIns(surroundings: LooseSurroundings): Promise<void> {
  const { settings, choices, secrets, log } = surroundings;
  const { loose, signIns } = settings.read();
  for (const id of loose) {
    const isKept = signIns.some((signIn) => signIn.id === id);
    for (const key of isKept ? [] : keysOf(id)) {
      const erased = await secrets.erase(key);
      if (!erased.ok) {
        log.warn('xero.tokenLeft', { code: erased.failure.code });
        return;
      }
    }
    choices.cleared([id]);
  }
}
