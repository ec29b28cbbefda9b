import type { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { OrganisationAccess, XeroUser } from '../access/types.ts';
import type { Clock, Log, Random } from '../ports.ts';
import {
  ConnectionsAnswer,
  OrganisationAnswer,
  UserRows,
  UsersAnswer,
  type Connection,
} from './answers.ts';
import type { XeroAnswer, XeroApi, XeroCall } from './api.ts';
import { failureOfAnswer, retryAfterMs } from './failures.ts';
import { readingCancelled, unreadable } from './errors.ts';
import type { AccessTokens } from './tokens.ts';

export interface ReaderSurroundings {
  readonly api: Pick<XeroApi, 'connections' | 'organisation' | 'users'>;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const TRIES = 4;
/** As many as are read in a few milliseconds. */
const ROWS_AT_ONCE = 500;
/** A pause that Xero asks for is waited out up to here; a longer one is told to the caller. */
const LONGEST_PAUSE_MS = 65_000;

/**
 * Reads what one sign-in reaches. Faults that heal are tried again (network,
 * 5xx, short pauses asked for by 429); an expired token is replaced once; all
 * else is a failure with its sentence.
 */
export class XeroReader {
  readonly #surroundings: ReaderSurroundings;

  constructor(surroundings: ReaderSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The organisations this sign-in reaches; other kinds of tenants are counted, not listed. */
  connections(
    signal: AbortSignal,
  ): Promise<Result<{ connections: readonly Connection[]; leftOut: number }>> {
    const { api } = this.#surroundings;
    return this.#read('Xero', ConnectionsAnswer, (call) => api.connections(call), signal);
  }

  /** One organisation with everybody who has access to it, in two calls. */
  async organisation(
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Result<OrganisationAccess>> {
    const { api } = this.#surroundings;
    const { tenantId, name } = connection;
    const organisation = await this.#read(
      name,
      OrganisationAnswer,
      (call) => api.organisation(tenantId, call),
      signal,
    );
    if (!organisation.ok) return organisation;
    const rows = await this.#read(name, UsersAnswer, (call) => api.users(tenantId, call), signal);
    if (!rows.ok) return rows;
    const users = await this.#users(rows.value);
    if (!users.ok) return users;
    const access = { organisation: organisation.value, users: users.value };
    return succeed(tenantId === '' ? access : { tenantId, ...access });
  }

  async #read<S extends z.ZodType>(
    name: string,
    schema: S,
    request: (call: XeroCall) => Promise<XeroAnswer>,
    signal: AbortSignal,
  ): Promise<Result<z.output<S>>> {
    const answered = await this.#request(name, request, signal);
    // A call that was broken off looks like any other fault.
    if (!answered.ok) return signal.aborted ? fail(readingCancelled) : answered;
    const parsed = schema.safeParse(answered.value.body);
    return parsed.success ? succeed(parsed.data) : fail(notAsDescribed(firstPath(parsed.error)));
  }

  /** Reads the rows some at a time, with a turn for everything else in between. */
  async #users(rows: readonly unknown[]): Promise<Result<readonly XeroUser[]>> {
    const users: XeroUser[] = [];
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      if (from > 0) await this.#surroundings.clock.sleep(0);
      const parsed = UserRows.safeParse(rows.slice(from, from + ROWS_AT_ONCE));
      if (!parsed.success) {
        const [row, ...field] = firstPath(parsed.error);
        return fail(notAsDescribed(['Users', from + Number(row), ...field]));
      }
      users.push(...parsed.data);
    }
    return succeed(users);
  }

  async #request(
    name: string,
    request: (call: XeroCall) => Promise<XeroAnswer>,
    signal: AbortSignal,
  ): Promise<Result<XeroAnswer>> {
    const { tokens, clock, log } = this.#surroundings;
    let replacedToken = false;
    for (let attempt = 1; ; attempt += 1) {
      if (signal.aborted) return fail(readingCancelled);
      const token = await tokens.accessToken();
      if (!token.ok) return token;
      const answer = await request({ accessToken: token.value, signal });
      if (answer.status >= 200 && answer.status < 300) return succeed(answer);

      const failure = failureOfAnswer(answer, name, clock.now());
      log.warn('xero.callFailed', { status: answer.status, code: failure.code, attempt });
      if (failure.code === 'xeroSignedOut' && !replacedToken) {
        replacedToken = true;
        tokens.discard(token.value);
        continue;
      }
      const pause = this.#pauseBefore(attempt, answer, failure);
      if (pause === undefined) return fail(failure);
      await clock.sleep(pause, signal);
    }
  }

  /** How long to wait before trying again, or undefined when trying again won't help. */
  #pauseBefore(attempt: number, answer: XeroAnswer, failure: Failure): number | undefined {
    if (attempt >= TRIES) return undefined;
    const jitter = 1 + this.#surroundings.random.fraction() / 4;
    switch (failure.code) {
      case 'xeroRateLimited': {
        const pause = retryAfterMs(answer);
        return pause <= LONGEST_PAUSE_MS ? pause * jitter : undefined;
      }
      case 'xeroUnavailable':
      case 'xeroUnreachable':
      case 'proxySignInNeeded':
      case 'proxyFailed':
        return 1000 * attempt ** 2 * jitter;
      default:
        return undefined;
    }
  }
}

/** Names the first field at fault. */
function notAsDescribed(path: readonly PropertyKey[]): Failure {
  return unreadable(`the answer's field "${path.join('.')}" isn't as Xero describes it`);
}

function firstPath(error: z.ZodError): readonly PropertyKey[] {
  return error.issues[0]?.path ?? [];
}
