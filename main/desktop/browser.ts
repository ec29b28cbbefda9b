import { shell } from 'electron';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { Browser } from '../ports.ts';

/**
 * The system's browser. Opens only addresses on origins that the app itself
 * named: Xero's sign-in and app pages, and the C1 host once it accepted the credential.
 */
export class SystemBrowser implements Browser {
  readonly #mayOpen: (address: URL) => boolean;

  constructor(mayOpen: (address: URL) => boolean) {
    this.#mayOpen = mayOpen;
  }

  async open(address: string): Promise<Result<void>> {
    const url = URL.parse(address);
    if (url === null || !this.#mayOpen(url)) return fail(cannotOpen('not an address of ours'));
    try {
      await shell.openExternal(url.href);
      return succeed();
    } catch (error) {
      return fail(cannotOpen(error instanceof Error ? error.name : 'unknown'));
    }
  }
}

function cannotOpen(detail: string): Failure {
  return {
    code: 'browserUnavailable',
    message: say('browser.noBrowserCouldBeOpened'),
    next: 'copyAddress',
    detail,
  };
}
