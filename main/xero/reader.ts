import type { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { unusualStatus } from '../access/organisations.ts';
import type { OrganisationAccess, XeroOrganisation, XeroUser } from '../access/types.ts';
import type { Clock, Log, Random } from '../ports.ts';
import {
  ConnectionsAnswer,
  OrganisationAnswer,
  UserRows,
  UsersAnswer,
  type Connection,
} from './answers.ts';
import type { XeroAnswer, XeroApi, XeroCall } from './api.ts';
import { askedPause, failureOfAnswer, failureOfContent } from './failures.ts';
import { readingCancelled, unknownForm } from './errors.ts';
import type { DayBudget, Governor } from './governor.ts';
import { organisationSuspended } from './organisation-errors.ts';
import type { AccessTokens } from './tokens.ts';

export interface ReaderSurroundings {
  readonly api: Pick<XeroApi, 'connections' | 'disconnect' | 'organisation' | 'users'>;
  readonly tokens: AccessTokens;
  /** The one of this sign-in's Xero app. */
  readonly governor: Governor;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Whom Xero is read for: C1 through a task, the admin who presses a button, or the app by itself. */
export type ReadPurpose = 'c1' | 'check' | 'look';

const TRIES = 4;
/** As many as are read in a few milliseconds. */
const ROWS_AT_ONCE = 100;
/** An organisation's own details are asked for once a day; who has access, at every read. */
const DETAILS_KEPT_MS = 24 * 3_600_000;

/**
 * A pause of Xero's is waited out up to here, each by itself; a longer one is told to the caller. A
 * task lives on while it heartbeats; of a look, people see that it isn't done.
 */
const PATIENCE_MS: Readonly<Record<ReadPurpose, number>> = {
  c1: 5 * 60_000,
  check: 65_000,
  look: 65_000,
};

interface Details {
  readonly organisation: XeroOrganisation;
  /** What the list of connections called it; another name there is a reason to ask anew. */
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** One call to be made, and its retries. */
interface Asking {
  readonly organisation: string | null;
  /** What a failure calls the organisation. */
  readonly name: string | null;
  readonly purpose: ReadPurpose;
  readonly request: (call: XeroCall) => Promise<XeroAnswer>;
}

/**
 * Reads what one sign-in reaches. Faults that heal are tried again (network, 5xx, the pauses of a
 * 429 that the governor waits out); an expired token is replaced once; all else is a failure with
 * its sentence. A read of n organisations takes n + 1 calls, and n more where details are due.
 */
export class XeroReader {
  readonly #surroundings: ReaderSurroundings;
  /** By tenant id, in memory alone. */
  readonly #details = new Map<string, Details>();

  constructor(surroundings: ReaderSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The organisations this sign-in reaches; other kinds of tenants are counted, not listed. */
  connections(
    purpose: ReadPurpose,
    signal: AbortSignal,
  ): Promise<Result<{ connections: readonly Connection[]; leftOut: number }>> {
    const { api } = this.#surroundings;
    const request: Asking['request'] = (call) => api.connections(call);
    const asking = { organisation: null, name: null, purpose, request };
    return this.#read(asking, ConnectionsAnswer, signal);
  }

  /** One organisation with everybody who has access to it. */
  async organisation(
    connection: Connection,
    purpose: ReadPurpose,
    signal: AbortSignal,
  ): Promise<Result<OrganisationAccess>> {
    const { api } = this.#surroundings;
    const { tenantId, name } = connection;
    const kept = this.#keptDetails(connection);
    const organisation =
      kept === null ? await this.#describe(connection, purpose, signal) : succeed(kept);
    if (!organisation.ok) return organisation;
    const request: Asking['request'] = (call) => api.users(tenantId, call);
    const asking = { organisation: tenantId, name, purpose, request };
    const users = await this.#users(asking, signal);
    if (users.ok) {
      return succeed({ tenantId, organisation: organisation.value, users: users.value });
    }
    if (users.failure.code !== 'xeroForbidden') return users;
    const now = kept === null ? organisation : await this.#describe(connection, purpose, signal);
    // What it was before it refused is no longer what it is.
    this.#details.delete(tenantId);
    return fail(whyForbidden(users.failure, now, name));
  }

  /**
   * Ends one connection of this sign-in's at Xero; the others stay. One that is gone already is as
   * good as ended.
   */
  async disconnect(connection: Connection, signal: AbortSignal): Promise<Result<void>> {
    const { api } = this.#surroundings;
    if (connection.id === '') return fail(unknownForm('Xero’s list has no id for this connection'));
    const request: Asking['request'] = (call) => api.disconnect(connection.id, call);
    const asking = { organisation: null, name: null, purpose: 'check', request } as const;
    const ended = await this.#answer(asking, signal);
    if (ended.ok) return succeed();
    // Xero's answer may have been lost, or somebody else was faster: its list decides.
    const listed = signal.aborted ? ended : await this.connections('check', signal);
    if (!listed.ok) return ended;
    const stays = listed.value.connections.some(({ id }) => id === connection.id);
    return stays ? ended : succeed();
  }

  /** What Xero last said is left of the organisation's day, or null. */
  day(tenantId: string): DayBudget | null {
    return this.#surroundings.governor.day(tenantId);
  }

  #keptDetails({ tenantId, name }: Connection): XeroOrganisation | null {
    const kept = this.#details.get(tenantId);
    if (kept === undefined) return null;
    const { organisation, at } = kept;
    const renamed = kept.name !== name && organisation.name !== name;
    const due = this.#surroundings.clock.now() - at >= DETAILS_KEPT_MS;
    return renamed || due ? null : organisation;
  }

  async #describe(
    { tenantId, name }: Connection,
    purpose: ReadPurpose,
    signal: AbortSignal,
  ): Promise<Result<XeroOrganisation>> {
    const { api, clock } = this.#surroundings;
    const request: Asking['request'] = (call) => api.organisation(tenantId, call);
    const asking = { organisation: tenantId, name, purpose, request };
    const organisation = await this.#read(asking, OrganisationAnswer, signal);
    if (!organisation.ok) return organisation;
    const described = { ...organisation.value, name: organisation.value.name || name };
    this.#details.set(tenantId, { organisation: described, name, at: clock.now() });
    return succeed(described);
  }

  async #read<S extends z.ZodType>(
    asking: Asking,
    schema: S,
    signal: AbortSignal,
  ): Promise<Result<z.output<S>>> {
    const answered = await this.#answer(asking, signal);
    return answered.ok ? readAs(schema, answered.value) : answered;
  }

  async #answer(asking: Asking, signal: AbortSignal): Promise<Result<XeroAnswer>> {
    const answered = await this.#ask(asking, signal);
    // A call that was broken off looks like any other fault.
    return !answered.ok && signal.aborted ? fail(readingCancelled) : answered;
  }

  /** Reads the rows some at a time, with a turn for everything else in between. */
  async #users(asking: Asking, signal: AbortSignal): Promise<Result<readonly XeroUser[]>> {
    const answered = await this.#answer(asking, signal);
    if (!answered.ok) return answered;
    const rows = readAs(UsersAnswer, answered.value);
    if (!rows.ok) return rows;
    const users: XeroUser[] = [];
    for (let from = 0; from < rows.value.length; from += ROWS_AT_ONCE) {
      if (from > 0) await this.#surroundings.clock.sleep(0);
      const parsed = UserRows.safeParse(rows.value.slice(from, from + ROWS_AT_ONCE));
      if (!parsed.success) {
        const [row, ...field] = firstPath(parsed.error);
        return fail(failureOfContent(answered.value, ['Users', from + Number(row), ...field]));
      }
      users.push(...parsed.data);
    }
    return succeed(users);
  }

  async #ask(asking: Asking, signal: AbortSignal): Promise<Result<XeroAnswer>> {
    const { tokens, clock, log } = this.#surroundings;
    let replacedToken = false;
    let limited: Failure | null = null;
    for (let attempt = 1; ; attempt += 1) {
      const called = await this.#call(asking, signal);
      // Xero's own answer says more than that it wasn't asked again.
      if (!called.ok) return limited === null ? called : fail(limited);
      const answer = called.value;
      if (answer.status >= 200 && answer.status < 300) return called;

      const failure = failureOfAnswer(answer, asking.name, clock.now());
      log.warn('xero.callFailed', { status: answer.status, code: failure.code, attempt });
      if (failure.code === 'xeroSignedOut' && !replacedToken) {
        replacedToken = true;
        tokens.discard(answer.accessToken);
        continue;
      }
      const asked = askedPause(answer, clock.now());
      if (asked > PATIENCE_MS[asking.purpose]) return fail(failure);
      const pause = this.#pauseBefore(attempt, failure, asked);
      if (pause === null) return fail(failure);
      limited = failure.code === 'xeroRateLimited' ? failure : null;
      if (pause > 0) await clock.sleep(pause, signal);
    }
  }

  /** One call within Xero's limits, with a token that is taken when they let it through. */
  #call(
    { organisation, purpose, request }: Asking,
    signal: AbortSignal,
  ): Promise<Result<XeroAnswer & Pick<XeroCall, 'accessToken'>>> {
    const { governor, tokens } = this.#surroundings;
    const call = async () => {
      const token = await tokens.accessToken();
      if (!token.ok) return token;
      const accessToken = token.value;
      return succeed({ ...(await request({ accessToken, signal })), accessToken });
    };
    return governor.call({ organisation, patience: PATIENCE_MS[purpose] }, call, signal);
  }

  /** How long to wait before trying again, and not less than Xero asked, or null when trying again won't help. */
  #pauseBefore(attempt: number, failure: Failure, asked: number): number | null {
    if (attempt >= TRIES) return null;
    switch (failure.code) {
      case 'xeroRateLimited':
        // The governor keeps the pause, for this call and all others that it holds for.
        return 0;
      case 'xeroUnavailable':
      case 'xeroUnreachable':
      case 'proxySignInNeeded':
      case 'proxyFailed':
        return (
          Math.max(asked, 1000 * attempt ** 2) * (1 + this.#surroundings.random.fraction() / 4)
        );
      default:
        return null;
    }
  }
}

/** Of an organisation that refuses its users, what it says of itself may tell more than the refusal. */
function whyForbidden(refusal: Failure, now: Result<XeroOrganisation>, name: string): Failure {
  const status = now.ok ? unusualStatus(now.value) : null;
  return status === null ? refusal : organisationSuspended(name, status, refusal.detail ?? '');
}

function readAs<S extends z.ZodType>(schema: S, answer: XeroAnswer): Result<z.output<S>> {
  const parsed = schema.safeParse(answer.body);
  return parsed.success
    ? succeed(parsed.data)
    : fail(failureOfContent(answer, firstPath(parsed.error)));
}

function firstPath(error: z.ZodError): readonly PropertyKey[] {
  return error.issues[0]?.path ?? [];
}
