import { succeed, type Result } from '../../shared/errors.ts';
import type { Governed, Reach } from '../connector/look.ts';
import type { Clock, Endpoints, Log, Network, Random } from '../ports.ts';
import { XeroApi } from '../xero/api.ts';
import { organisationMissing } from '../xero/errors.ts';
import { Governor } from '../xero/governor.ts';
import { XeroIdentity, type XeroApp } from '../xero/identity.ts';
import { XeroReader } from '../xero/reader.ts';
import { TokenKeeper } from '../xero/token-keeper.ts';
import { ClientCredentialsTokens, FixedToken, type AccessTokens } from '../xero/tokens.ts';
import type { InstanceLock } from './instance-lock.ts';
import type { Options, XeroAccess } from './options.ts';
import { SpentToken, TokenFile } from './token-file.ts';

export interface ReachSurroundings {
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Held by this process where there is a token file. */
  readonly tokenLock: Pick<InstanceLock, 'isHeld'> | null;
}

/** What the command line reads Xero through. */
export interface CommandReach extends Reach {
  /** Where the sign-in has a refresh token, which must not be left unused. */
  readonly keeper: TokenKeeper | null;
}

/** The one sign-in of the command line, made of what flags and environment gave. */
export function openReach(
  options: Pick<Options, 'xero' | 'tokenFile'>,
  surroundings: ReachSurroundings,
): CommandReach {
  const tokens = tokensOf(options, surroundings);
  const api = new XeroApi(surroundings.endpoints, surroundings.network);
  const governor = new Governor(surroundings);
  const reader = new XeroReader({ ...surroundings, api, tokens, governor });
  const keeper = tokens instanceof TokenKeeper ? tokens : null;
  if (options.xero.kind !== 'custom') return { signInId: 'command-line', reader, keeper };
  // A custom connection has one organisation, and may leave the tenant id empty (xero.md §2).
  const only = { id: '', tenantId: '', name: 'The organisation of this custom connection' };
  return {
    signInId: 'command-line',
    keeper,
    reader: {
      connections: () => Promise.resolve(succeed({ connections: [only], leftOut: 0 })),
      organisation: (...asked) => reader.organisation(...asked),
      day: (tenantId) => reader.day(tenantId),
    },
  };
}

/** Turns `--org` into the organisations to read; a name that no connection has is a failure. */
export async function chooseGoverned(
  names: readonly string[],
  reach: Reach,
  signal: AbortSignal,
): Promise<Result<Governed>> {
  if (names.length === 0) return succeed('all');
  const listed = await reach.reader.connections('c1', signal);
  if (!listed.ok) return listed;
  const governed = new Map<string, string>();
  for (const name of names) {
    const wanted = name.toLowerCase();
    const found = listed.value.connections.find(
      (each) => each.tenantId.toLowerCase() === wanted || each.name.toLowerCase() === wanted,
    );
    if (found === undefined) return { ok: false, failure: organisationMissing(name) };
    governed.set(found.tenantId.toLowerCase(), found.name);
  }
  return succeed(governed);
}

function tokensOf(
  { xero, tokenFile }: Pick<Options, 'xero' | 'tokenFile'>,
  surroundings: ReachSurroundings,
): AccessTokens {
  const { clock, log } = surroundings;
  if (xero.kind === 'token') return new FixedToken(xero.token);
  const identity = new XeroIdentity(appOf(xero), surroundings);
  if (xero.kind === 'custom') return new ClientCredentialsTokens(identity, clock);
  const { clientId, refreshToken } = xero;
  const { tokenLock } = surroundings;
  const secrets =
    tokenFile === null || tokenLock === null
      ? new SpentToken(refreshToken, () => log.warn('xero.tokenSpent', { fix: 'set --token-file' }))
      : new TokenFile(tokenFile, { refreshToken, clientId }, tokenLock);
  return new TokenKeeper({ identity, secrets, key: 'refresh-token', clock, log });
}

function appOf(xero: Exclude<XeroAccess, { kind: 'token' }>): XeroApp {
  const { clientId, clientSecret } = xero;
  if (clientSecret === null) return { kind: 'desktop', clientId };
  return { kind: xero.kind === 'custom' ? 'custom' : 'web', clientId, clientSecret };
}
