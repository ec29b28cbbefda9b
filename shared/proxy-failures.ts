import type { Failure } from './errors.ts';

/** What each code of main/tunnel.ts means, whether Xero or C1 was behind the proxy. */
const FAILURES: ReadonlyMap<string, Omit<Failure, 'detail'>> = new Map([
  [
    'PROXY_SIGN_IN',
    {
      code: 'proxySignInNeeded',
      message:
        'The proxy asks for a user name and password, or doesn’t accept the ones it got. Set HTTPS_PROXY to http://user:password@host:port and start again, or ask who runs your network to let this app through.',
      next: 'tryAgain',
    },
  ],
  [
    'PROXY_REFUSED',
    {
      code: 'proxyFailed',
      message:
        'The proxy doesn’t let this app through. Ask who runs your network to allow it; we try again by ourselves.',
      next: 'tryAgain',
    },
  ],
  [
    'PROXY_UNREACHABLE',
    {
      code: 'proxyFailed',
      message:
        'The proxy can’t be reached. Check the network’s proxy settings; we try again by ourselves.',
      next: 'tryAgain',
    },
  ],
]);

/**
 * The failure that a proxy was the reason for, or undefined when none was.
 * @param reason an error, looked at with its causes, or the message of one
 */
export function failureOfProxy(reason: unknown): Failure | undefined {
  for (let at = reason, depth = 0; at !== undefined && depth < 8; depth += 1) {
    const text = at instanceof Error ? at.message : at;
    const code = typeof text === 'string' ? text.split(' ', 1)[0] : undefined;
    const failure = FAILURES.get(code ?? '');
    if (failure !== undefined && typeof text === 'string') return { ...failure, detail: text };
    at = at instanceof Error ? at.cause : undefined;
  }
  return undefined;
}
