import { Button, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntentArgument } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { LossPreview } from '../parts/loss-preview.tsx';
import { MendsProvider, useMends } from '../parts/mends.tsx';
import { inWords } from '../../shared/language/formats.ts';
import { RadioRow } from '../parts/radio-row.tsx';
import { Say } from '../parts/say.tsx';
import { keptSignIns, nameOf, organisationsOf, organisationsOnlyOf } from '../parts/sign-ins.ts';
import { useAction } from '../parts/use-action.ts';
import { useLoss } from '../parts/use-loss.ts';
import { useIntents } from '../state.ts';

type Where = IntentArgument<'signOut'>['where'];

/** Says what signing out does before it is done. Open while it names one of the sign-ins. */
export function SignOutDialog({
  xero,
  signInId,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  signInId: string | null;
  onClose: () => void;
}) {
  const signIn = xero.find(({ id }) => id === signInId);
  return (
    <Dialog
      opened={signIn !== undefined}
      title={say('signOutDialog.signOutOfXero')}
      width={560}
      onClose={onClose}
    >
      {signIn !== undefined && <Leaving signIn={signIn} xero={xero} onClose={onClose} />}
    </Dialog>
  );
}

function Leaving({
  signIn,
  xero,
  onClose,
}: {
  signIn: XeroSignIn;
  xero: readonly XeroSignIn[];
  onClose: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const mends = useMends();
  const [where, setWhere] = useState<Where>('here');
  const only = organisationsOnlyOf(xero, signIn.id);
  const loss = useLoss(only.map(({ id }) => id));
  const remain = organisationsOf(xero.filter(({ id }) => id !== signIn.id)).some(
    ({ governed }) => governed,
  );
  const signOut = async () => {
    const result = await action.run(() => intents.signOut({ signInId: signIn.id, where }));
    if (result.ok) onClose();
  };
  return (
    <>
      {keptSignIns(xero).length > 1 && (
        <Text>
          <Say
            word="signOutDialog.thisEndsTheSignIn"
            values={{ signIn: <b>{nameOf(signIn)}</b> }}
          />
        </Text>
      )}
      {signIn.app === 'custom' ? (
        <Text>
          <Say word="signOutDialog.theClientIDAndThe" />
        </Text>
      ) : (
        <WhereChoice signIn={signIn} where={where} onChoose={setWhere} />
      )}
      <LossPreview loss={loss} afterwards={remain ? 'goes' : 'stays'} />
      <Text>{say('signOutDialog.nobodysAccessInXeroChanges')}</Text>
      {action.failure !== null && (
        <MendsProvider value={{ ...mends, signIn: () => void signOut() }}>
          <FailureNotice failure={action.failure} place="xero" />
        </MendsProvider>
      )}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('signOutDialog.staySignedIn')}
        </Button>
        <Button
          color="red"
          disabled={loss === null}
          loading={action.busy}
          onClick={() => void signOut()}
        >
          {where === 'here'
            ? say('signOutDialog.signOutHere')
            : say('signOutDialog.signOutEverywhere')}
        </Button>
      </DialogActions>
    </>
  );
}

/** The two reaches of signing out, each with what it cuts off (xero.md §2). */
function WhereChoice({
  signIn,
  where,
  onChoose,
}: {
  signIn: XeroSignIn;
  where: Where;
  onChoose: (where: Where) => void;
}) {
  return (
    <Radio.Group
      value={where}
      onChange={(value) => onChoose(value === 'everywhere' ? 'everywhere' : 'here')}
      label={say('signOutDialog.where')}
    >
      <Stack gap={8} mt={8}>
        <RadioRow value="here" explanation={say('signOutDialog.theSignInIsErased')}>
          {say('signOutDialog.onThisComputerOnly')}
        </RadioRow>
        <RadioRow value="everywhere" explanation={whatEverywhereCuts(signIn)}>
          {say('signOutDialog.everywhere')}
        </RadioRow>
      </Stack>
    </Radio.Group>
  );
}

function whatEverywhereCuts({ who, organisations, leftOut = 0 }: XeroSignIn): string {
  const all = [
    ...organisations.map(({ name }) => name),
    ...(leftOut === 0 ? [] : [say('count.otherConnection', { count: leftOut })]),
  ];
  const person = who?.name ?? say('signOutDialog.thisPerson');
  return all.length === 0
    ? say('signOutDialog.xeroTakesBack', { person })
    : say('signOutDialog.xeroTakesBackAndDisconnects', { person, all: inWords(all) });
}
