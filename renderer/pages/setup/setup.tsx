import { useCallback, useState } from 'react';
import type { Snapshot, XeroAppKind } from '../../../shared/snapshot.ts';
import { MendsProvider } from '../../parts/mends.tsx';
import { useAction } from '../../parts/use-action.ts';
import { signInToMend } from '../../parts/sign-ins.ts';
import { useIntents } from '../../state.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import { XeroDialogs } from '../../xero-dialogs/xero-dialogs.tsx';
import { C1Step } from './c1-step.tsx';
import { OrganisationsStep } from './organisations-step.tsx';
import { SetupRail } from './setup-rail.tsx';
import classes from './setup.module.css';
import type { Step } from './steps.ts';
import { XeroStep } from './xero-step.tsx';

/** First run: three steps over the whole window. */
export function Setup({ snapshot, step }: { snapshot: Snapshot; step: Step }) {
  const intents = useIntents();
  const action = useAction();
  const { run } = action;
  // Kept here, so that it survives going back and forth between the steps.
  const [chosenKind, chooseKind] = useState<XeroAppKind | null>(null);
  const toOrganisations = useCallback(
    () => void run(() => intents.goToStep({ step: 'organisations' })),
    [run, intents],
  );
  const toCredential = useCallback(
    () => void run(() => intents.goToStep({ step: 'c1' })),
    [run, intents],
  );
  const mends = useMendsThrough(action, snapshot.xero, { toOrganisations, toCredential });
  return (
    <MendsProvider value={mends}>
      <div className={classes['frame']}>
        <SetupRail snapshot={snapshot} current={step} />
        <main className={classes['main']}>
          {step === 'xero' && (
            <XeroStep
              snapshot={snapshot}
              mending={action}
              kind={chosenKind ?? signInToMend(snapshot.xero)?.app ?? 'desktop'}
              onChooseKind={chooseKind}
            />
          )}
          {step === 'organisations' && <OrganisationsStep snapshot={snapshot} mending={action} />}
          {step === 'c1' && <C1Step snapshot={snapshot} mending={action} />}
        </main>
      </div>
      <XeroDialogs xero={snapshot.xero} connecting={action} />
    </MendsProvider>
  );
}
