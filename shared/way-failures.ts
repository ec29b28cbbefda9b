import type { Failure } from './errors.ts';
import { say } from './language/say.ts';

type Told = Omit<Failure, 'detail'>;

/** What each code of main/way-error.ts means, whether Xero or C1 was to be reached. */
const FAILURES: ReadonlyMap<string, (host: string) => Told> = new Map([
  [
    'PROXY_SIGN_IN',
    (proxy: string): Told => ({
      code: 'proxySignInNeeded',
      message: say('wayFailures.theProxyAsksForA', { proxy }),
      next: 'tryAgain',
    }),
  ],
  [
    'PROXY_REFUSED',
    (proxy: string): Told => ({
      code: 'proxyFailed',
      message: say('wayFailures.theProxyDoesntLetThis', { proxy }),
      next: 'tryAgain',
    }),
  ],
  [
    'PROXY_UNREACHABLE',
    (proxy: string): Told => ({
      code: 'proxyFailed',
      message: say('wayFailures.theProxyCantBeReached', { proxy }),
      next: 'tryAgain',
    }),
  ],
  [
    'PROXY_KIND',
    (): Told => ({
      code: 'proxyFailed',
      message: say('wayFailures.thisComputersProxySettingsName'),
      next: 'tryAgain',
    }),
  ],
  [
    'CERTIFICATE_UNTRUSTED',
    (host: string): Told => ({
      code: 'certificateUntrusted',
      message: say('wayFailures.theConnectionToIsntSafe', { host }),
      next: 'chooseCaFile',
    }),
  ],
  [
    'CERTIFICATE_OUT_OF_TIME',
    (host: string): Told => ({
      code: 'certificateUntrusted',
      message: say('wayFailures.theConnectionToIsntSafeIts', { host }),
      next: 'tryAgain',
    }),
  ],
  [
    'CERTIFICATE_OF_ANOTHER',
    (host: string): Told => ({
      code: 'certificateUntrusted',
      message: say('wayFailures.whatAnsweredIsntItsCertificate', { host }),
      next: 'tryAgain',
    }),
  ],
]);

/**
 * The failure that the way to Xero or C1 was the reason for, or undefined when it wasn't.
 * @param reason an error, looked at with its causes, or the message of one
 */
export function failureOfWay(reason: unknown): Failure | undefined {
  for (let at = reason, depth = 0; at !== undefined && depth < 8; depth += 1) {
    const text = at instanceof Error ? at.message : at;
    const [code = '', host = ''] = typeof text === 'string' ? text.split(' ', 2) : [];
    const failure = FAILURES.get(code);
    if (failure !== undefined && typeof text === 'string')
      return { ...failure(host), detail: text };
    at = at instanceof Error ? at.cause : undefined;
  }
  return undefined;
}
