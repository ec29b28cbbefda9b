import type { FailureCode } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { Organisation, XeroAppKind, XeroSignIn } from '../../shared/snapshot.ts';
import { waysOf } from './mend.ts';
import type { MendButton } from './mend.ts';
import { failureOf } from './organisation-facts.ts';
import { organisationsOf, signInOf } from './sign-ins.ts';

/** What can be done about one organisation. */
export type OrganisationMend = 'reconnect' | 'stopGoverning' | 'governNewDemo';

export type OrganisationWay =
  MendButton | { readonly label: string; readonly forIt: OrganisationMend };

const RECONNECT: OrganisationWay = { label: say('organisationWays.reconnect'), forIt: 'reconnect' };
const STOP: OrganisationWay = {
  label: say('organisationWays.stopGoverningIt'),
  forIt: 'stopGoverning',
};
const CHECK: OrganisationWay = { label: say('common.checkXeroNow'), mend: 'checkXero' };
const GOVERN_NEW: OrganisationWay = {
  label: say('organisationWays.governTheNewOne'),
  forIt: 'governNewDemo',
};
const CONNECT_NEW: OrganisationWay = {
  label: say('organisationWays.connectTheNewOne'),
  forIt: 'reconnect',
};

/** After these the organisation is out for good unless the admin acts, and may be let go. */
const OUT: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'organisationMissing',
  'xeroForbidden',
  'organisationSuspended',
  'demoCompanyReset',
]);

/** The ways out for an organisation that can't be read; the likeliest first. */
export function organisationWays(
  organisation: Organisation,
  xero: readonly XeroSignIn[],
): readonly OrganisationWay[] {
  const failure = failureOf(organisation);
  if (failure === null) return [];
  const app = signInOf(xero, organisation.id)?.app ?? 'desktop';
  if (OUT.has(failure.code)) return [wayBack(failure.code, organisation, xero, app), STOP];
  return waysOf(failure, 'look');
}

function wayBack(
  code: FailureCode,
  organisation: Organisation,
  xero: readonly XeroSignIn[],
  app: XeroAppKind,
): OrganisationWay {
  // What Xero suspended comes back at Xero, and a custom connection is authorised there.
  if (code === 'organisationSuspended' || app === 'custom') return CHECK;
  if (code !== 'demoCompanyReset') return RECONNECT;
  return newDemoOf(organisation, xero) === undefined ? CONNECT_NEW : GOVERN_NEW;
}

/** The demo company that took the place of one that Xero reset, if it is connected already. */
export function newDemoOf(
  old: Organisation,
  xero: readonly XeroSignIn[],
): Organisation | undefined {
  return organisationsOf(xero).find(
    (each) => each.demo && each.id !== old.id && failureOf(each) === null,
  );
}
