import { get } from 'node:http';
import { succeed, type Result } from '../../shared/errors.ts';
import type { HealthEndpoint } from './health.ts';
import type { Address } from './values.ts';

export interface HealthQuestion {
  readonly at: Address;
  readonly endpoint: HealthEndpoint;
  readonly timeoutMs: number;
}

/** Asks a running `serve` how it is; anything but a 200 in time is a failure, as in the official client. */
export async function askHealth(question: HealthQuestion): Promise<Result<void>> {
  const { at, endpoint, timeoutMs } = question;
  const host = UNSPECIFIED.get(at.bindAddress) ?? at.bindAddress;
  const status = await new Promise<number | string>((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const request = get({ host, port: at.port, path: `/${endpoint}`, signal }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', (error) => {
      resolve('code' in error ? String(error.code) : error.name);
    });
  });
  if (status === 200) return succeed();
  const message =
    typeof status === 'number'
      ? `The connector isn’t well: /${endpoint} answers ${status}.`
      : `Nothing answers at port ${at.port} of ${host}. Is serve --health-check running?`;
  return {
    ok: false,
    failure: { code: 'notHealthy', message, next: 'tryAgain', detail: String(status) },
  };
}

/** Who listens on all addresses is asked on this computer's own. */
const UNSPECIFIED = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);
