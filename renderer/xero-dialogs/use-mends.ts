import { useMemo } from 'react';
import type { Organisation, Snapshot, XeroSignIn } from '../../shared/snapshot.ts';
import type { Mends } from '../parts/mends.tsx';
import { needsPasting, signInAgain, signInOf, signInToMend } from '../parts/sign-ins.ts';
import type { Action } from '../parts/use-action.ts';
import { useIntents } from '../state.ts';
import { useXeroDialogs } from './open-dialogs.tsx';

/** Where a page leads who must choose organisations or paste a credential. */
interface Ways {
  readonly toOrganisations: () => void;
  readonly toCredential: () => void;
  /** Where letting one organisation go is offered; else it is chosen among all of them. */
  readonly stopGoverning?: (organisation: Organisation) => void;
  /** Lets go of a demo company that Xero reset, for the one that took its place. */
  readonly governNewDemo?: (old: Organisation) => void;
}

/** The mends that are intents or dialogs, the same on every page; `action` shows how the intents fare. */
export function useMendsThrough(
  action: Action,
  xero: Snapshot['xero'],
  {
    toOrganisations,
    toCredential,
    stopGoverning = toOrganisations,
    governNewDemo = toOrganisations,
  }: Ways,
): Mends {
  const intents = useIntents();
  const { open } = useXeroDialogs();
  const { run } = action;
  return useMemo((): Mends => {
    const toMend = signInToMend(xero);
    const send = (what: Parameters<typeof run>[0]) => () => void run(what);
    const toXero = send(() => intents.goToStep({ step: 'xero' }));
    const signIn = (with_: XeroSignIn | undefined) => {
      if (with_ === undefined) toXero();
      else if (needsPasting(with_)) open({ kind: 'addSignIn', from: with_ });
      else void run(() => signInAgain(intents, with_));
    };
    return {
      signIn: () => signIn(toMend),
      newSecret: () => {
        if (toMend !== undefined) open({ kind: 'newSecret', signInId: toMend.id });
      },
      reconnect: ({ id }) => signIn(signInOf(xero, id) ?? toMend),
      stopGoverning,
      governNewDemo,
      chooseOrganisations: toOrganisations,
      pasteCredential: toCredential,
      confirmHost: toCredential,
      checkXero: send(() => intents.checkXeroNow()),
      retryC1: send(() => intents.retryC1()),
      chooseCaFile: send(() => intents.chooseCaFile()),
      openC1: send(() => intents.openPage({ page: 'c1Tenant' })),
      openXeroApps: send(() => intents.openPage({ page: 'xeroApps' })),
      copyAddress: send(() => intents.copy({ what: 'signInAddress' })),
      copyDetails: send(() => intents.copy({ what: 'failureDetails' })),
    };
  }, [run, intents, open, xero, toOrganisations, toCredential, stopGoverning, governNewDemo]);
}
