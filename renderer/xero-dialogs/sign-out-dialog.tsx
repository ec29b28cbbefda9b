import { Button, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntentArgument } from '../../shared/intents.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { LossPreview } from '../parts/loss-preview.tsx';
import { MendsProvider, useMends } from '../parts/mends.tsx';
import { inWords } from '../parts/names.ts';
import { count } from '../parts/numbers.ts';
import { RadioRow } from '../parts/radio-row.tsx';
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
    <Dialog opened={signIn !== undefined} title="Sign out of Xero?" width={560} onClose={onClose}>
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
          This ends the sign-in of <b>{nameOf(signIn)}</b>, and no other.
        </Text>
      )}
      {signIn.app === 'custom' ? (
        <Text>
          The Client ID and the secret are erased from this computer’s keychain. At Xero the custom
          connection stays; to end it, open the organisation there, then <b>Settings</b> →{' '}
          <b>Connected apps</b>.
        </Text>
      ) : (
        <WhereChoice signIn={signIn} where={where} onChoose={setWhere} />
      )}
      <LossPreview loss={loss} afterwards={remain ? 'goes' : 'stays'} />
      <Text>Nobody’s access in Xero changes.</Text>
      {action.failure !== null && (
        <MendsProvider value={{ ...mends, signIn: () => void signOut() }}>
          <FailureNotice failure={action.failure} place="xero" />
        </MendsProvider>
      )}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Stay signed in
        </Button>
        <Button
          color="red"
          disabled={loss === null}
          loading={action.busy}
          onClick={() => void signOut()}
        >
          {where === 'here' ? 'Sign out here' : 'Sign out everywhere'}
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
      label="Where?"
    >
      <Stack gap={8} mt={8}>
        <RadioRow
          value="here"
          explanation="The sign-in is erased from this computer’s keychain. At Xero all stays connected, and other computers go on."
        >
          On this computer only
        </RadioRow>
        <RadioRow value="everywhere" explanation={whatEverywhereCuts(signIn)}>
          Everywhere
        </RadioRow>
      </Stack>
    </Radio.Group>
  );
}

function whatEverywhereCuts({ who, organisations, leftOut = 0 }: XeroSignIn): string {
  const all = [
    ...organisations.map(({ name }) => name),
    ...(leftOut === 0 ? [] : [count(leftOut, 'other connection')]),
  ];
  const person = who?.name ?? 'this person';
  return `Xero takes back what ${person} allowed this app${
    all.length === 0 ? '' : `, and disconnects ${inWords(all)}`
  }. Every other computer, server and command line that uses the same Xero app as ${person} is cut off too.`;
}
