import type { Failure } from '../../shared/errors.ts';

/** Every way in which one organisation can drop out while Xero and the sign-in are well. */

/** Governed, and no longer in Xero's list of connections. */
export function organisationMissing(name: string): Failure {
  return {
    code: 'organisationMissing',
    message: `${name} is no longer connected at Xero. Reconnect it, or stop governing it.`,
    next: 'chooseOrganisations',
  };
}

/** Asked for by a name or an id that nothing connected has. */
export function organisationUnknown(nameOrId: string): Failure {
  return {
    code: 'organisationMissing',
    message: `No organisation with the name or ID “${nameOrId}” is connected at Xero. Connect it, or name another. A demo company gets a new ID each time Xero resets it, every 28 days.`,
    next: 'chooseOrganisations',
  };
}

/**
 * A demo company that is no longer listed: Xero resets these every 28 days, and their ids change
 * (xero.md §4). That this one was reset, and not disconnected, Xero doesn't say.
 *
 * @param successor whether another of its name is connected and not governed
 */
export function demoCompanyReset(name: string, successor: boolean): Failure {
  const next = successor
    ? 'Another one of that name is connected: govern that one in its place.'
    : 'Connect the new one and govern it, or stop governing the old one.';
  return {
    code: 'demoCompanyReset',
    message: `${name} is no longer connected at Xero. It is a demo company, and Xero resets those every 28 days under new IDs. ${next}`,
    next: 'chooseOrganisations',
  };
}

/** A 403 about a listed organisation. Which of the causes it is, Xero doesn't say (xero.md §6). */
export function organisationForbidden(name: string, detail: string): Failure {
  return {
    code: 'xeroForbidden',
    message: `${name} no longer lets this app in. Usually the person who connected it was removed there or has a lesser role now, or it was deleted, or its trial ended. Reconnect it as somebody with the role Standard or Adviser, or stop governing it.`,
    next: 'chooseOrganisations',
    detail,
  };
}

/**
 * Xero refuses the users of an organisation and calls the organisation something else than `ACTIVE`.
 * Its description knows no other word, so the word is told as it came.
 */
export function organisationSuspended(name: string, status: string, detail: string): Failure {
  return {
    code: 'organisationSuspended',
    message: `Xero no longer says who has access to ${name}, and doesn’t call it active: its word is “${status}”. Make it active again in Xero, or stop governing it.`,
    next: 'chooseOrganisations',
    detail,
  };
}

/** Ending its connection failed, and everything is as it was. */
export function notDisconnected(name: string, because: Failure): Failure {
  if (because.next !== 'wait') {
    return { ...because, message: `${name} wasn’t disconnected. ${because.message}` };
  }
  // Unlike a look, this isn't tried again by itself.
  const message = `${name} wasn’t disconnected: Xero can’t be asked at the moment. Nothing was changed; try again later.`;
  return { ...because, message, next: 'tryAgain' };
}

/** What a custom connection reaches is fixed at Xero (xero.md §2). */
export function customConnectionStays(name: string): Failure {
  return {
    code: 'usage',
    message: `${name} is reached through a custom connection, which is ended on its page at Xero. To leave it out here, stop governing it, or sign the custom connection out.`,
    next: 'chooseOrganisations',
  };
}
