import { succeed, type Result } from '../../shared/errors.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import type { Governed, KnownOrganisation } from '../connector/governed.ts';
import type { Reach } from '../connector/reach.ts';
import type { Clock, Endpoints, Log, Network, Random } from '../ports.ts';
import { XeroApi } from '../xero/api.ts';
import { AppIdentity } from '../xero/app-identity.ts';
import { openReader } from '../xero/custom-connection.ts';
import { Governor } from '../xero/governor.ts';
import { organisationUnknown } from '../xero/organisation-errors.ts';
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
  const reader = openReader(kindOf(options.xero), { ...surroundings, api, tokens, governor });
  const keeper = tokens instanceof TokenKeeper ? tokens : null;
  return { signInId: 'command-line', reader, keeper };
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
  const governed = new Map<string, KnownOrganisation>();
  for (const name of names) {
    const wanted = name.toLowerCase();
    const found = listed.value.connections.find(
      (each) => each.tenantId.toLowerCase() === wanted || each.name.toLowerCase() === wanted,
    );
    if (found === undefined) return { ok: false, failure: organisationUnknown(name) };
    // That it is a demo company is learnt when it is read.
    governed.set(found.tenantId.toLowerCase(), { name: found.name, demo: false });
  }
  return succeed(governed);
}

function tokensOf(
  { xero, tokenFile }: Pick<Options, 'xero' | 'tokenFile'>,
  surroundings: ReachSurroundings,
): AccessTokens {
  const { clock, log } = surroundings;
  if (xero.kind === 'token') return new FixedToken(xero.token);
  const { clientSecret } = xero;
  const app = { kind: kindOf(xero), clientId: xero.clientId };
  const readSecret = () => Promise.resolve(succeed(clientSecret ?? ''));
  const identity = new AppIdentity(app, readSecret, surroundings);
  if (xero.kind === 'custom') return new ClientCredentialsTokens(identity, clock);
  const { clientId, refreshToken } = xero;
  const { tokenLock } = surroundings;
  const secrets =
    tokenFile === null || tokenLock === null
      ? new SpentToken(refreshToken, () => log.warn('xero.tokenSpent', { fix: 'set --token-file' }))
      : new TokenFile(tokenFile, { refreshToken, clientId }, tokenLock);
  return new TokenKeeper({ identity, secrets, key: 'refresh-token', clock, log });
}

/** An access token by itself doesn't say which kind of app it is of; it reads as a person's does. */
function kindOf(xero: XeroAccess): XeroAppKind {
  if (xero.kind === 'custom') return 'custom';
  return xero.kind === 'token' || xero.clientSecret === null ? 'desktop' : 'web';
}
