import { sameEmail, type Person } from '../requests/person.ts';
import type { KeptSignIn } from './kept-sign-in.ts';

/** Whether this is somebody through whose sign-in the app reads Xero: by Xero's id of them, or by e-mail. */
export function isSignedIn(
  { personId, email }: Pick<Person, 'personId' | 'email'>,
  kept: readonly Pick<KeptSignIn, 'who' | 'userId'>[],
): boolean {
  return kept.some(
    ({ who, userId }) =>
      (userId !== undefined && userId === personId) || sameEmail(who?.email ?? null, email),
  );
}
