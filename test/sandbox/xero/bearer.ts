import type { SandboxOrganisation } from '../world.ts';
import type { XeroApp } from './apps.ts';
import type { Subject } from './grants.ts';
import type { Answer, XeroRequest } from './http.ts';
import { refusal, scopeMissing, unauthorized } from './refusals.ts';
import type { XeroState } from './state.ts';

/** Who calls the API. */
export interface Caller {
  readonly app: XeroApp;
  readonly subject: Subject;
}

type Admission<T> = { readonly admitted: T } | { readonly refused: Answer };

/** Reads the access token; the refusals are those of xero.md §6. */
export function identify(xero: XeroState, request: XeroRequest): Admission<Caller> {
  const token = /^Bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1];
  const grant = xero.grants.accessGrant(token ?? '');
  const app = grant === undefined ? undefined : xero.apps.find(grant.subject.clientId);
  if (grant === undefined || app === undefined) {
    return { refused: unauthorized('AuthenticationUnsuccessful') };
  }
  if (xero.now() >= grant.expiresAt) {
    const moment = new Date(grant.expiresAt).toISOString();
    return { refused: unauthorized(`TokenExpired: token expired at ${moment}`) };
  }
  return { admitted: { app, subject: grant.subject } };
}

const SETTINGS_SCOPES = ['accounting.settings', 'accounting.settings.read'];

/**
 * Finds the organisation that a call is about. 403 when it isn't connected, or
 * when the person who connected it has left or may no longer connect apps.
 */
export function organisationFor(
  { world, connections }: XeroState,
  { app, subject }: Caller,
  request: XeroRequest,
): Admission<SandboxOrganisation> {
  if (!subject.scope.some((scope) => SETTINGS_SCOPES.includes(scope))) {
    return { refused: scopeMissing() };
  }
  const asked = request.header('xero-tenant-id')?.toLowerCase() ?? '';
  const wanted = asked === '' ? (app.organisationId ?? '') : asked;
  const organisation = world.organisations.find(({ id }) => id === wanted);
  if (organisation === undefined) return { refused: refusal(403) };
  const connected =
    subject.personId === null
      ? app.organisationId === organisation.id
      : connections.find(app.clientId, subject.personId, organisation.id) !== undefined &&
        world.mayConnect(subject.personId, organisation);
  return connected ? { admitted: organisation } : { refused: refusal(403) };
}
