import type { Result } from '../../shared/errors.ts';
import type { Log } from '../ports.ts';
import type { XeroTokens } from '../xero/identity.ts';
import type { Choices } from './choices.ts';
import type { HeldSignIn } from './kept-sign-in.ts';

interface AdoptingSurroundings {
  readonly choices: Pick<Choices, 'beginSignIn' | 'keepSignIn' | 'cleared'>;
  readonly log: Log;
}

/** Both the keychain and the settings hold a new sign-in, or neither does, whenever the app ends. */
export async function adoptNew(
  held: HeldSignIn,
  tokens: XeroTokens | null,
  secret: string | null,
  { choices, log }: AdoptingSurroundings,
): Promise<Result<void>> {
  const { kept } = held;
  const begun = choices.beginSignIn(kept.id);
  if (!begun.ok) return begun;
  const stored = await held.keep(tokens, secret);
  const remembered = stored.ok ? choices.keepSignIn(kept) : stored;
  if (remembered.ok) return remembered;
  const forgotten = await held.forget();
  if (forgotten.ok) choices.cleared([kept.id]);
  else log.warn('xero.tokenLeft', { code: forgotten.failure.code });
  return remembered;
}
