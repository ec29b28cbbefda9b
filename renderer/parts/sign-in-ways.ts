import type { Failure, FailureCode } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { waysOf } from './mend.ts';
import type { MendButton } from './mend.ts';

const NEW_SECRET: MendButton = { label: say('common.pasteTheNewSecret'), mend: 'newSecret' };
const AGAIN: MendButton = { label: say('signInWays.signInAgain'), mend: 'signIn' };
const CHECK: MendButton = { label: say('common.checkXeroNow'), mend: 'checkXero' };

/** After these Xero takes another secret, and no sign-in without it. */
const SECRET_REFUSED: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'xeroClientRejected',
  'xeroSecretInvalid',
]);

/** What mends a sign-in, by the kind of its app; the likeliest first. */
export function signInWays(
  signIn: Pick<XeroSignIn, 'app' | 'state'> | undefined,
  failure: Failure,
): readonly MendButton[] {
  const usual = waysOf(failure, 'xero');
  if (signIn?.state.kind === 'needsSignIn' && signIn.app !== 'desktop') {
    if (SECRET_REFUSED.has(failure.code)) {
      return signIn.app === 'web' ? [NEW_SECRET, AGAIN] : [NEW_SECRET];
    }
    // There's nobody to sign in: what was mended at Xero shows at the next look.
    if (signIn.app === 'custom' && usual.some(({ mend }) => mend === 'signIn')) return [CHECK];
  }
  return usual;
}
