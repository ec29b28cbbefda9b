import type { Snapshot } from '../../shared/snapshot.ts';
import { sameEmail, type Person } from '../requests/person.ts';

/** Whether this is somebody through whose sign-in the app reads Xero. */
export function isSignedIn({ email }: Pick<Person, 'email'>, { xero }: Snapshot): boolean {
  return xero.some(({ who }) => who !== null && sameEmail(who.email, email));
}
