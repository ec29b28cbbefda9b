import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';

/** Every way in which one organisation can drop out while Xero and the sign-in are well. */

/** Governed, and no longer in Xero's list of connections. */
export function organisationMissing(name: string): Failure {
  return {
    code: 'organisationMissing',
    message: say('organisationErrors.isNoLongerConnectedAt', { name }),
    next: 'chooseOrganisations',
  };
}

/** Asked for by a name or an id that nothing connected has. */
export function organisationUnknown(nameOrId: string): Failure {
  return {
    code: 'organisationMissing',
    message: say('organisationErrors.noOrganisationWithTheName', { nameOrId }),
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
    ? say('organisationErrors.anotherOneOfThatName')
    : say('organisationErrors.connectTheNewOneAnd');
  return {
    code: 'demoCompanyReset',
    message: say('organisationErrors.isNoLongerConnectedAtXero', { name, next }),
    next: 'chooseOrganisations',
  };
}

/** A 403 about a listed organisation. Which of the causes it is, Xero doesn't say (xero.md §6). */
export function organisationForbidden(name: string, detail: string): Failure {
  return {
    code: 'xeroForbidden',
    message: say('organisationErrors.noLongerLetsThisApp', { name }),
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
    message: say('organisationErrors.xeroNoLongerSaysWho', { name, status }),
    next: 'chooseOrganisations',
    detail,
  };
}

/** Ending its connection failed, and everything is as it was. */
export function notDisconnected(name: string, because: Failure): Failure {
  if (because.next !== 'wait') {
    return {
      ...because,
      message: say('organisationErrors.wasntDisconnected', { name, because: because.message }),
    };
  }
  // Unlike a look, this isn't tried again by itself.
  const message = say('organisationErrors.wasntDisconnectedXeroCantBe', { name });
  return { ...because, message, next: 'tryAgain' };
}

/** What a custom connection reaches is fixed at Xero (xero.md §2). */
export function customConnectionStays(name: string): Failure {
  return {
    code: 'usage',
    message: say('organisationErrors.isReachedThroughACustom', { name }),
    next: 'chooseOrganisations',
  };
}
