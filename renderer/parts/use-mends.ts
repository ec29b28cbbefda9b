import { useMemo } from 'react';
import type { Snapshot } from '../../shared/snapshot.ts';
import { useIntents } from '../state.ts';
import type { Mends } from './mends.tsx';
import { isSignedIn, signInAgain, signInToMend } from './sign-ins.ts';
import type { Action } from './use-action.ts';

/** Where a page leads who must choose organisations or paste a credential. */
interface Ways {
  readonly toOrganisations: () => void;
  readonly toCredential: () => void;
}

/** The mends that are intents, the same on every page; `action` shows how they fare. */
export function useMendsThrough(
  action: Action,
  xero: Snapshot['xero'],
  { toOrganisations, toCredential }: Ways,
): Mends {
  const intents = useIntents();
  const { run } = action;
  const toMend = signInToMend(xero);
  const connected = xero.find(isSignedIn) ?? toMend;
  return useMemo((): Mends => {
    const send = (what: Parameters<typeof run>[0]) => () => void run(what);
    const toXero = send(() => intents.goToStep({ step: 'xero' }));
    return {
      signIn: toMend === undefined ? toXero : send(() => signInAgain(intents, toMend)),
      reconnect: connected === undefined ? toXero : send(() => signInAgain(intents, connected)),
      chooseOrganisations: toOrganisations,
      pasteCredential: toCredential,
      confirmHost: toCredential,
      checkXero: send(() => intents.checkXeroNow()),
      retryC1: send(() => intents.retryC1()),
      chooseCaFile: send(() => intents.chooseCaFile()),
      openC1: send(() => intents.openPage({ page: 'c1Tenant' })),
      copyAddress: send(() => intents.copy({ what: 'signInAddress' })),
      copyDetails: send(() => intents.copy({ what: 'failureDetails' })),
    };
  }, [run, intents, toMend, connected, toOrganisations, toCredential]);
}
