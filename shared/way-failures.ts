import type { Failure } from './errors.ts';

type Told = Omit<Failure, 'detail'>;

/** What each code of main/way-error.ts means, whether Xero or C1 was to be reached. */
const FAILURES: ReadonlyMap<string, (host: string) => Told> = new Map([
  [
    'PROXY_SIGN_IN',
    (proxy: string): Told => ({
      code: 'proxySignInNeeded',
      message: `The proxy ${proxy} asks for a user name and password, or doesn’t accept the ones it got. Set HTTPS_PROXY to http://user:password@${proxy} and start again, or ask who runs your network to let this app through.`,
      next: 'tryAgain',
    }),
  ],
  [
    'PROXY_REFUSED',
    (proxy: string): Told => ({
      code: 'proxyFailed',
      message: `The proxy ${proxy} doesn’t let this app through. Ask who runs your network to allow it; we try again by ourselves.`,
      next: 'tryAgain',
    }),
  ],
  [
    'PROXY_UNREACHABLE',
    (proxy: string): Told => ({
      code: 'proxyFailed',
      message: `The proxy ${proxy} can’t be reached. Check the network’s proxy settings; we try again by ourselves.`,
      next: 'tryAgain',
    }),
  ],
  [
    'PROXY_KIND',
    (): Told => ({
      code: 'proxyFailed',
      message:
        'This computer’s proxy settings name only proxies of a kind that this app can’t use, such as SOCKS. Set HTTPS_PROXY to an HTTP proxy and start again, or ask who runs your network for one.',
      next: 'tryAgain',
    }),
  ],
  [
    'CERTIFICATE_UNTRUSTED',
    (host: string): Told => ({
      code: 'certificateUntrusted',
      message: `The connection to ${host} isn’t safe: its certificate isn’t trusted here. If your network inspects what is sent, choose the file of its certificate authority; whoever runs your network has it.`,
      next: 'chooseCaFile',
    }),
  ],
  [
    'CERTIFICATE_OUT_OF_TIME',
    (host: string): Told => ({
      code: 'certificateUntrusted',
      message: `The connection to ${host} isn’t safe: its certificate isn’t valid at this computer’s time. Set the clock right, or ask who runs your network.`,
      next: 'tryAgain',
    }),
  ],
  [
    'CERTIFICATE_OF_ANOTHER',
    (host: string): Told => ({
      code: 'certificateUntrusted',
      message: `What answered isn’t ${host}: its certificate is another’s. A network’s sign-in page may be in the way: open a web page in your browser and sign in there.`,
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
